from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

MODULE = """\
import enum


class Plain:
    note: str

    def __init__(self):
        self.made = 1

    def method(self):
        return self


class Sub(Plain):
    pass


class Open:
    def __getattr__(self, name):
        return name


class Meta(type):
    pass


class ByMeta(metaclass=Meta):
    pass


class Made:
    def __new__(cls):
        return 1


class Color(enum.Enum):
    RED = 1


def function():
    return Plain()


number = 1
instance = Plain()


def __getattr__(name):
    if name == "failing":
        raise RuntimeError(name)
    if name == "lazy":
        return Plain
    raise AttributeError(name)
"""
SETTING = (
    "class Sets:\n    def __init__(self, **values):\n        for name in values:\n            setattr(self, name, 1)\n"
)
Look = Callable[..., dict[str, object]]


@pytest.fixture
def look(inside: Callable[[str], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Look up a chain of attributes in a package that no other test uses, or in another module."""
    name = f"pack_{abs(hash(tmp_path))}"
    files = {"__init__": MODULE, "deep": "value = 1\n", "broken": "raise RuntimeError\n", "sets": SETTING}
    files["needy"] = "import that_is_nowhere\n"
    for file, text in files.items():
        path = tmp_path / name / f"{file}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "bare" / "space").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path))
    members = inside("members")

    def look(chain: str, module: str = name, start: str = "") -> dict[str, object]:
        loaded = __import__(module, fromlist=["x"])
        answer: dict[str, object] = members.member(
            loaded, {"module": module, "start": start, "parts": chain.split(".")}
        )
        return {key: value.replace(name, "pack") if isinstance(value, str) else value for key, value in answer.items()}

    return look


@pytest.mark.parametrize(
    "chain",
    [
        "Plain",
        "Plain.method",
        "Plain.().method",
        "Plain.().made",
        "Plain.().note",
        "Sub.().made",
        "Plain.().method.().anything",
        "Plain.()",
        "Open.().anything",
        "ByMeta.().anything",
        "Made.().anything",
        "Color.RED.value",
        "function.().anything",
        "function.anything",
        "instance.anything",
        "failing",
        "lazy.method",
        "deep.value",
        "broken.anything",
        "needy.anything",
        "sets.Sets.().anything",
    ],
)
def test_what_is_there_or_may_be_is_not_told(look: Look, chain: str) -> None:
    assert look(chain) == {}


@pytest.mark.parametrize(
    ("chain", "position", "owner", "near"),
    [
        ("Plian", 0, "pack", "Plain"),
        ("Plain.metod", 1, "pack.Plain", "method"),
        ("Plain.().metod", 2, "pack.Plain", "method"),
        ("Color.REDD", 1, "pack.Color", "RED"),
        ("number.bit_lenght", 1, "pack.number", "bit_length"),
        ("deep.valeu", 1, "pack.deep", "value"),
        ("zzqqxx", 0, "pack", None),
    ],
)
def test_what_is_missing_is_told(look: Look, chain: str, position: int, owner: str, near: str | None) -> None:
    assert look(chain) == {"part": position, "owner": owner, "near": near}


def test_of_the_standard_library(look: Look) -> None:
    assert look("read_txt", "pathlib", "Path") == {"part": 0, "owner": "pathlib.Path", "near": "read_text"}
    assert look("().read_txt", "pathlib", "Path")["near"] == "read_text"
    assert look("().isofromat", "datetime", "date")["near"] == "isoformat"
    assert look("maxsiez", "sys")["near"] == "maxsize"
    assert look("path.exist", "os") == {"part": 1, "owner": "os.path", "near": "exists"}


def test_what_the_import_itself_lacks_is_left_to_it(look: Look) -> None:
    assert look("b", "json", "dmps") == {}


def test_a_namespace_may_get_more_from_others(look: Look) -> None:
    assert look("anything", "bare") == {}


def test_a_class_whose_text_is_nowhere(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("made_in_memory")
    exec("class A: pass\nclass B:\n    __slots__ = ()\n", module.__dict__)  # noqa: S102 - so it has no file
    monkeypatch.setitem(sys.modules, "made_in_memory", module)
    assert look("A.().anything", "made_in_memory") == {}
    assert look("B.().anything", "made_in_memory") == {}


def test_a_module_that_was_read_already_gives_the_same_answer(look: Look) -> None:
    first = look("Plain.().absent")
    assert first
    assert look("Plain.().absent") == first
    assert look("Sub.().absent").keys() == first.keys()


def test_of_distributions_that_bring_the_same_module_one_overwrote_the_others(
    inside: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    members = inside("members")
    brought = {"pytest": ["two", "one", "one"], "ruff": ["ruff"], "json": ["a", "b"], "unimported": ["a", "b"]}
    monkeypatch.setattr("importlib.metadata.packages_distributions", lambda: brought)
    assert members.sharing("pytest.mark") == {"sharing": ["one", "two"]}
    assert [members.sharing(name) for name in ("json", "unimported", "hypothesis")] == [{}, {}, {}]
