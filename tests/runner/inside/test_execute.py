from __future__ import annotations

import asyncio
import atexit
import io
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BROKEN = "class E(Exception):\n  def __str__(self): return 1/0\nraise E"
Inside = Callable[[str], ModuleType]
Execute = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def module(inside: Inside) -> ModuleType:
    return inside("execute")


@pytest.fixture
def execute(module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Execute]:
    """Execute segments, or a module, in this very process, which is put back afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "argv", [*sys.argv])
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(threading, "_shutdown", lambda: None)
    monkeypatch.setattr(atexit, "_run_exitfuncs", lambda: None)
    known = set(sys.modules)

    def execute(*texts: str, raises: str | None = None, **job: Any) -> dict[str, Any]:  # noqa: ANN401 - a job is JSON
        path = str(tmp_path / "program.py")
        lines = [1 + sum(text.count("\n") for text in texts[:number]) for number in range(len(texts))]
        segments = [
            {"file": path, "line": line, "text": text, "raises": raises}
            for line, text in zip(lines, texts, strict=True)
        ]
        common = {"kind": "script", "path": [str(tmp_path)], "directory": str(tmp_path), "segments": segments}
        outcome: dict[str, Any] = module.execute(common | job)
        return outcome

    yield execute
    for name in set(sys.modules) - known:
        del sys.modules[name]


def test_a_program_that_ends_says_nothing(execute: Execute) -> None:
    assert execute("x = 1\n") == {}


def test_a_program_is_the_main_module(execute: Execute, tmp_path: Path) -> None:
    text = f"""\
import sys, os
assert __name__ == "__main__" and vars(sys.modules["__main__"]) is globals()
assert sys.argv == [__file__] == [{str(tmp_path / "program.py")!r}]
assert os.getcwd() == {str(tmp_path)!r} == sys.path[0]
"""
    assert execute(text) == {}


def test_segments_share_a_namespace_and_keep_their_lines(execute: Execute, tmp_path: Path) -> None:
    raised = execute("x = 1\n\n", "y = x\n", "y()\n")["raised"]
    assert (raised["type"], raised["frames"][-1]) == ("TypeError", (str(tmp_path / "program.py"), 4))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("raise SystemExit", 0),
        ("raise SystemExit(3)", 3),
        ("import sys; sys.exit('said')", 1),
        ("raise SystemExit(True)", 1),
    ],
)
def test_the_status_that_a_program_asks_for_is_told(execute: Execute, text: str, status: int) -> None:
    assert execute(text)["exit"] == status


@pytest.mark.parametrize("ending", ["raise SystemExit\n", "import sys; sys.exit(0)\n"])
def test_a_context_that_exits_cleanly_does_not_keep_the_block_from_running(execute: Execute, ending: str) -> None:
    assert execute(f"x = 1\n{ending}", "assert x == 2\n")["raised"]["type"] == "AssertionError"
    assert execute(f"x = 1\n{ending}", "x = 2\n") == {}


def test_a_context_that_exits_otherwise_ends_it_all(execute: Execute) -> None:
    assert execute("raise SystemExit(2)\n", "x = 1\n")["exit"] == 2


def test_a_context_that_raises_as_it_says_does_not_end_it(execute: Execute) -> None:
    context = "x = 1\nraise ExceptionGroup('g', [KeyError(1)])\n"
    assert execute(context, "assert x == 1\n", raises="builtins.LookupError") == {}
    assert execute(context, "assert x == 1\n", raises="ValueError")["raised"]["type"] == "KeyError"
    assert execute("raise KeyError\n", raises="KeyError")["raised"]["type"] == "KeyError"


def test_what_awaits_at_the_top_runs_in_one_loop(execute: Execute) -> None:
    context = "import asyncio\nloop = asyncio.get_running_loop() if await asyncio.sleep(0, True) else None\n"
    assert execute(context, "assert await asyncio.sleep(0, asyncio.get_running_loop()) is loop\n") == {}
    assert execute("import asyncio\nasyncio.run(asyncio.sleep(0))\n") == {}
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_a_file_is_imported_as_a_module(execute: Execute, tmp_path: Path) -> None:
    (tmp_path / "some_package").mkdir()
    (tmp_path / "some_package" / "__init__.py").write_text("raise RuntimeError('package')\n")
    (tmp_path / "some_package" / "part.py").write_text("from . import other\nassert __name__ == 'some_package.part'\n")
    (tmp_path / "some_package" / "other.py").write_text("")
    job = {"kind": "module", "module": "some_package.part"}
    assert execute(**job)["raised"]["message"] == "package"
    assert execute(**job, alone=True) == {}


def test_an_exception_is_described(execute: Execute, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raised = execute("def f():\n    raise FileNotFoundError(2, 'gone', b'name')\nf()\n")["raised"]
    path = str(tmp_path / "program.py")
    assert raised["frames"] == [(path, 3), (path, 2)]
    assert raised["types"][:2] == ["FileNotFoundError", "OSError"]
    assert (raised["type"], raised["errno"], raised["file"], raised["line"]) == ("FileNotFoundError", 2, None, None)
    told = capsys.readouterr().err
    assert told.startswith(f'Traceback (most recent call last):\n  File "{path}", line 3')
    assert "execute.py" not in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raise NameError('m', name='x')", {"type": "NameError", "name": "x"}),
        ("raise OSError([1], object())", {"type": "OSError", "errno": None}),
        ("raise SyntaxError('m', ('f', 7, 1, 't'))", {"line": 7, "file": "f"}),
        ("raise SyntaxError('m', (b'f', 'x', 1, 't'))", {"line": None, "file": None}),
        ("raise ImportError('m', name=1)", {"name": None}),
        ("''.startwith('a')", {"name": "startwith", "near": "startswith"}),
        ("class A:\n    _counts = 1\nA().counts", {"near": None}),
        ("class A:\n    _counts = 1\nA()._count", {"near": "_counts"}),
        ("class A:\n    def __dir__(self):\n        raise ValueError\nA().x", {"near": None}),
        ("import logging\nlogging.basicConfigs", {"near": None}),
        ("raise AttributeError('m')", {"near": None}),
        ("raise ValueError('m')", {"near": None}),
        ("raise ExceptionGroup('g', [ExceptionGroup('h', [KeyError('k')])])", {"type": "KeyError", "message": "'k'"}),
        (BROKEN, {"message": "<its __str__ raised ZeroDivisionError>"}),
        ("raise ValueError('x' * 5000)", {"message": "x" * 2000}),
        ("raise KeyboardInterrupt", {"type": "KeyboardInterrupt", "message": ""}),
        ("if:", {"type": "SyntaxError", "line": 1}),
    ],
)
def test_any_exception_can_be_described(execute: Execute, text: str, expected: dict[str, object]) -> None:
    raised = execute(text)["raised"]
    assert {key: raised[key] for key in expected} == expected


def test_what_was_left_to_the_end_is_done(execute: Execute, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def functions() -> None:
        done.append("functions")
        raise ValueError

    class Stream(io.StringIO):
        def flush(self) -> None:
            done.append("flush")

    monkeypatch.setattr(threading, "_shutdown", lambda: done.append("threads"))
    monkeypatch.setattr(atexit, "_run_exitfuncs", functions)
    monkeypatch.setattr(sys, "stdout", Stream())
    assert execute("x = 1\n") == {}
    assert done == ["threads", "functions", "flush"]


def test_a_program_may_take_its_streams_away(execute: Execute, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert execute("import sys\nsys.stdout = None\ndel sys.stderr\n") == {}


def test_a_traceback_that_cannot_be_printed_is_no_harm(
    execute: Execute, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "traceback", traceback)
    (tmp_path / "traceback.py").write_text("")
    assert execute("import sys\nsys.modules.pop('traceback')\nraise ValueError\n")["raised"]["type"] == "ValueError"
    assert os.fspath(tmp_path) not in sys.path[1:]


@pytest.fixture
def told(execute: Execute, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Execute with a standard output of its own."""

    def told(*texts: str, **job: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
        with monkeypatch.context() as patch, (tmp_path / "written").open("w", encoding="utf-8") as written:
            patch.setattr(sys, "__stdout__", sys.__stdout__)
            patch.setattr(sys, "stdout", written)
            return execute(*texts, **{"file": str(tmp_path / "program.py")} | job)

    return told


@pytest.mark.parametrize(
    ("texts", "span", "printed"),
    [
        (("print(1)\n", "print(2)\n"), [0, 2, 2], "2\n"),
        (("def f():\n    print(1)\nf()\n", "f()\n"), [1, 2, 2], "1\n"),
        (("import asyncio\nawait asyncio.sleep(0)\nprint(1)\n",), [0, 3, 3], "1\n"),
    ],
)
def test_what_the_last_segment_prints_is_told(
    told: Execute, texts: tuple[str, ...], span: list[int], printed: str
) -> None:
    assert told(*texts, spans=[span]) == {"printed": [printed]}


def test_what_a_module_prints_is_told(told: Execute, tmp_path: Path) -> None:
    path = tmp_path / "printing_module.py"
    path.write_text("print(1)\n", encoding="utf-8")
    job = {"kind": "module", "module": "printing_module", "file": str(path), "spans": [[0, 1, 1]]}
    assert told(**job) == {"printed": ["1\n"]}
