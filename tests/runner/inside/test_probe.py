from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Inside = Callable[[str], ModuleType]
MODULE = """\
import functools


def plain(a, b=1, /, *, c=2): ...


def takes_any(**rest): ...


@functools.wraps(plain)
def wrapped(*args, **kwargs): ...


class Kind:
    def __init__(self, title, size=1): ...


class Inherited(Kind): ...


class Made:
    def __new__(cls, **rest): ...

    def __init__(self, title): ...


class Meta(type):
    def __call__(cls, **rest): ...


class ByMeta(metaclass=Meta):
    def __init__(self, title): ...


class Bare: ...
"""


@pytest.fixture(scope="session")
def probe(inside: Inside) -> ModuleType:
    return inside("probe")


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that can be imported, under a name that no other test uses."""
    name = f"pack_{abs(hash(tmp_path))}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(MODULE)
    (tmp_path / name / "deep.py").write_text("value = 1\n")
    (tmp_path / name / "broken.py").write_text("raise RuntimeError('no')\n")
    (tmp_path / name / "needy.py").write_text("import that_is_nowhere\n")
    (tmp_path / name / "ending.py").write_text("import os\nos._exit(0)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return name


def asked(module: str, attribute: str | None = None, keywords: list[str] | None = None) -> dict[str, object]:
    return {"module": module, "attribute": attribute, "keywords": keywords}


def test_sources_give_statements_or_their_error(probe: ModuleType) -> None:
    assert probe.parse(["x = 1\n", "await f()\n", "if:\n", "return 1\n"]) == [
        {"statements": [(1, 1)]},
        {"statements": [(1, 1)]},
        {"error": "invalid syntax", "line": 1, "column": 3},
        {"error": "'return' outside function", "line": 1, "column": 1},
    ]


@pytest.mark.parametrize("source", ["\0", "\ud800", "-" * 100_000 + "1", "(" * 5000])
def test_what_python_cannot_even_read_is_an_error(probe: ModuleType, source: str) -> None:
    (answer,) = probe.parse([source])
    assert answer["error"]
    assert (answer["line"], "statements" in answer) == (1, False)


@given(text=st.text(max_size=50) | st.text("()[]:=\n\tdef if\\'\"#x\0", max_size=50))
@settings(max_examples=100, deadline=None)
def test_no_source_raises(probe: ModuleType, text: str) -> None:
    (answer,) = probe.parse([text])
    assert ("error" in answer) != ("statements" in answer)


def test_an_error_without_a_message_is_told_by_its_type(probe: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def statements(_: ast.Module) -> None:
        raise MemoryError

    monkeypatch.setattr(probe, "statements", statements)
    assert probe.parse(["x"]) == [{"error": "MemoryError", "line": 1, "column": 1}]


def test_what_exists_gives_an_empty_answer(probe: ModuleType, pack: str) -> None:
    for item in (asked("os"), asked("os.path"), asked("os", "path.join"), asked(pack, "deep"), asked(pack, "plain")):
        assert probe._resolved(item) == {}, item


def test_what_is_missing_gets_its_neighbour(probe: ModuleType, pack: str) -> None:
    assert probe._resolved(asked("jsn")) == {"module": "jsn", "near": "json"}
    assert probe._resolved(asked("zzzzqqq")) == {"module": "zzzzqqq", "near": None}
    assert probe._resolved(asked(f"{pack}.deeep")) == {"module": f"{pack}.deeep", "near": "deep"}
    assert probe._resolved(asked(f"{pack}.deep.er")) == {"module": f"{pack}.deep.er", "near": None}
    assert probe._resolved(asked(pack, "plane")) == {"attribute": "plane", "near": "plain"}
    assert probe._resolved(asked(pack, "Kind.titel")) == {"attribute": "Kind.titel", "near": "Kind"}
    assert probe._resolved(asked(pack, "broken")) == {"attribute": "broken", "near": None}


def test_the_name_of_a_distribution_is_not_that_of_its_modules(probe: ModuleType) -> None:
    assert probe._resolved(asked("pyyaml"))["brings"] == ["_yaml", "yaml"]
    assert probe._brought("pluggy") == []


def test_what_a_module_refuses_to_give_is_not_known(probe: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        message = f"{name} was moved"
        raise ImportError(message)

    module = ModuleType("refusing")
    monkeypatch.setattr(module, "__getattr__", refuse, raising=False)
    monkeypatch.setitem(sys.modules, "refusing", module)
    assert probe._resolved(asked("refusing", "x")) == {"unknown": "ImportError: x was moved"}
    assert probe._resolved(asked("refusing")) == {}


def test_a_module_that_cannot_be_imported_is_not_called_missing(probe: ModuleType, pack: str) -> None:
    assert probe._resolved(asked(f"{pack}.broken")) == {"unknown": "RuntimeError: no"}
    assert probe._resolved(asked(f"{pack}.needy")) == {"needs": "that_is_nowhere"}


@pytest.mark.parametrize(
    ("attribute", "keywords", "wrong"),
    [
        ("plain", ["b", "c"], {"b": None}),
        ("plain", ["c"], {}),
        ("takes_any", ["z"], {}),
        ("wrapped", ["z"], {}),
        ("Kind", ["titel", "size"], {"titel": "title"}),
        ("Inherited", ["titel"], {"titel": "title"}),
        ("Made", ["z"], {}),
        ("ByMeta", ["z"], {}),
        ("Bare", ["z"], {}),
        ("functools.partial", ["z"], {}),
    ],
)
def test_keywords_are_judged_where_the_signature_says_all(
    probe: ModuleType, pack: str, attribute: str, keywords: list[str], wrong: dict[str, str | None]
) -> None:
    assert probe._resolved(asked(pack, attribute, keywords)).get("keywords", {}) == wrong


def test_what_names_the_call_takes_is_told(probe: ModuleType, pack: str) -> None:
    assert probe._resolved(asked(pack, "Kind", ["z"]))["takes"] == ["title", "size"]


def test_each_distribution_is_imported_in_a_process_of_its_own(probe: ModuleType, pack: str) -> None:
    if sys.version_info >= (3, 12) and len(sys._current_frames()) > 1:
        pytest.skip("forking beside other threads warns")
    ended = {"unknown": "importing it does not end, or ends the process"}
    assert probe.resolve([asked("jsn"), asked(f"{pack}.ending"), asked("os", "pth"), asked(pack)]) == [
        {"module": "jsn", "near": "json"},
        ended,
        {"attribute": "pth", "near": "path"},
        ended,
    ]
    assert pack not in sys.modules


def test_what_raises_where_nobody_expects_it_ends_its_own_process_alone(
    probe: ModuleType, pack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_resolved", lambda _: 1 // 0)
    (answer,) = probe.resolve([asked(pack)])
    assert "ends the process" in answer["unknown"]


def test_an_import_that_does_not_end_is_stopped(probe: ModuleType, pack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "SECONDS", 0.2)
    monkeypatch.setattr(probe, "_resolved", lambda _: __import__("time").sleep(60))
    (answer,) = probe.resolve([asked(pack)])
    assert "does not end" in answer["unknown"]


def test_the_child_writes_its_answers_and_ends(probe: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    class EndedError(Exception):
        pass

    def end(_: int) -> None:
        raise EndedError

    readable, writable = os.pipe()
    silenced: list[int] = []
    monkeypatch.setattr(os, "pipe", lambda: (os.dup(readable), os.dup(writable)))
    monkeypatch.setattr(os, "fork", lambda: 0)
    monkeypatch.setattr(os, "dup2", lambda _, to: silenced.append(to))
    monkeypatch.setattr(os, "_exit", end)
    with pytest.raises(EndedError):
        probe.resolve([asked("jsn")])
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        assert pipe.read() == b'[{"module": "jsn", "near": "json"}]'
    assert silenced == [1, 2]


def test_what_importing_a_module_alone_makes_reachable(probe: ModuleType, pack: str) -> None:
    assert probe._resolved({"module": "json", "reach": "json.decoder.JSONDecoder"}) == {"reached": True}
    assert probe._resolved({"module": "json", "reach": "json.not_there.x"}) == {}
    pairs = [("json", "json.decoder"), (pack, f"{pack}.not_there"), ("json", "json.tool"), ("not_there", "not_there.x")]
    assert probe.attributes(pairs) == [True, False, False, False]
    assert probe.attributes([]) == []


def test_what_others_bring_is_imported_first(probe: ModuleType, pack: str) -> None:
    probe._bring([f"{pack}.broken", f"{pack}.deep"])
    assert f"{pack}.deep" in sys.modules


def test_a_chain_of_attributes_is_looked_up(probe: ModuleType, pack: str) -> None:
    item = {"module": pack, "start": "", "parts": ["plian"]}
    assert probe._resolved(item) == {"part": 0, "owner": pack, "near": "plain"}


def test_a_part_of_a_shared_namespace_may_be_brought_by_another_distribution(
    inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = inside("probe")
    for path in ("site-packages/shared_ns/there.py", "other-packages/closed_ns/__init__.py", "own/local_ns/there.py"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).touch()
        monkeypatch.syspath_prepend(str(tmp_path / path.partition("/")[0]))
    names = ("shared_ns", "closed_ns", "local_ns", "sys")
    assert [name for name in names if probe._missing(f"{name}.gone", f"{name}.gone").get("shared")] == ["shared_ns"]
