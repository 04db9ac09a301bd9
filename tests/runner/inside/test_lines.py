from __future__ import annotations

import ast
import sys
import threading
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Inside = Callable[[str], ModuleType]
PIECES = st.sampled_from(
    [
        "x = 1",
        "@f\n@g(\n 1)\ndef h(a=1,\n      b=2): pass",
        "class C:\n    '''doc'''\n    y: int\n    z: int = 1",
        "if x:\n    pass\nelif y:\n    pass\nelse:\n    pass",
        "try:\n    x\nexcept* E:\n    y\nelse:\n    z\nfinally:\n    w",
        "for i in a:\n    continue\nelse:\n    b",
        "while x: break",
        "with a as b, \\\n     c:\n    ...",
        "match x:\n    case 1 if y:\n        z\n    case _: w",
        "async def f():\n    global g\n    async for x in y: await z",
        "if TYPE_CHECKING:\n    import a\nelse:\n    import b",
        "(\n  1 +\n  2\n)",
        "await f()",
    ]
)


@pytest.fixture(scope="session")
def lines(inside: Inside) -> ModuleType:
    return inside("lines")


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("", []),
        ('"doc"\nx = 1\n', [(2, 2)]),
        ("x: int\n", []),
        ("x: int = 1\n", [(1, 1)]),
        ("def f():\n    ...\n", [(1, 1)]),
        ("def f():\n    global x\n    x = 1\n", [(1, 1), (3, 3)]),
        ("def f():\n    def g():\n        nonlocal x\n        x = 1\n", [(1, 1), (2, 2), (4, 4)]),
        ("f(\n    1,\n    2,\n)\n", [(1, 4)]),
        ("@a\n@b\ndef f(\n    x,\n):\n    return x\n", [(1, 5), (6, 6)]),
        ("if a: b\n", [(1, 1), (1, 1)]),
        ("if a:\n    b\nelse:\n    c\n", [(1, 1), (2, 2), (4, 4)]),
        ("try:\n    a\nexcept E:\n    b\nfinally:\n    c\n", [(1, 1), (2, 2), (4, 4), (6, 6)]),
        ("match a:\n    case 1:\n        b\n", [(1, 2), (3, 3)]),
        ("if TYPE_CHECKING:\n    import a\n", [(1, 1)]),
        ("import typing\nif typing.TYPE_CHECKING:\n    import a\n", [(1, 1), (2, 2)]),
        ("await f()\n", [(1, 1)]),
    ],
)
def test_statements_are_those_that_a_run_can_reach(lines: ModuleType, source: str, spans: list[object]) -> None:
    assert lines.statements(ast.parse(source)) == spans


@given(pieces=st.lists(PIECES, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_spans_of_python_lie_within_it(lines: ModuleType, pieces: list[str]) -> None:
    source = "\n".join(pieces)
    spans = lines.statements(ast.parse(source))
    assert spans == sorted(spans)
    assert all(1 <= first <= last <= source.count("\n") + 1 for first, last in spans)


@given(text=st.text(max_size=40) | st.text("()[]:=\n\tdef if\\'\"#xyz", max_size=40))
@settings(max_examples=60, deadline=None)
def test_text_that_compiles_has_statements(lines: ModuleType, text: str) -> None:
    try:
        compile(text, "x", "exec")
    except (SyntaxError, ValueError):
        return
    lines.statements(ast.parse(text))


@pytest.mark.parametrize(
    "body",
    [
        "try:\n    pass\nfinally:\n    pass\n",
        "for i in range(2):\n    continue\nelse:\n    pass\n",
        "while True:\n    break\n",
        "x = (\n    1 +\n    2\n)\nif x:\n    pass\n",
        "@property\ndef f(\n    a,\n):\n    return a\nclass C:\n    '''doc'''\n    y: int = 1\n",
        "match 3:\n    case 3:\n        pass\n",
        "with open(\n    '/dev/null'\n) as f:\n    f.read()\n",
        "from __future__ import annotations\nimport os\nassert os\ndel os\n",
        "1 + 1\n'a'\nNone\n",
    ],
)
def test_every_statement_that_is_executed_is_recorded(lines: ModuleType, body: str) -> None:
    recorder = lines.Recorder(("/watched/",))
    code = compile(body, "/watched/a.py", "exec")
    before = sys.gettrace()
    sys.settrace(recorder._enter)
    try:
        exec(code, {})  # noqa: S102 - to execute it is the task
    finally:
        sys.settrace(before)
    seen = recorder.lines["/watched/a.py"]
    missed = [span for span in lines.statements(ast.parse(body)) if not seen & set(range(span[0], span[1] + 1))]
    assert [span for span in missed if "return a" not in body.splitlines()[span[0] - 1]] == []


def test_files_elsewhere_are_not_recorded(lines: ModuleType) -> None:
    recorder = lines.Recorder(("/watched/",))
    assert recorder._enter(sys._getframe(), "call", None) is None
    assert recorder.lines == {}


def test_a_frame_is_recorded_line_by_line(lines: ModuleType) -> None:
    recorder = lines.Recorder((__file__,))
    frame = sys._getframe()
    local = recorder._enter(frame, "call", None)
    assert local(frame, "line", None) is local
    assert recorder.lines == {__file__: {frame.f_lineno - 1, frame.f_lineno - 2}}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="sys.monitoring takes its place")
def test_it_begins_in_this_and_in_later_threads(lines: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(threading, "settrace", lambda _: begun.append("threads"))
    monkeypatch.setattr(sys, "settrace", lambda _: begun.append("this"))
    lines.Recorder(("/watched/",)).start()
    assert begun == ["threads", "this"]
