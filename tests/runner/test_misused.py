from __future__ import annotations

import pytest

from skillcheck.model import Call, CauseKind, Environment, Name, Place, Use
from skillcheck.runner.misused import called, used

PLACE = Place("demo/SKILL.md", 7, 3)
KEYWORD = Name("zz", Place("demo/SKILL.md", 7, 9))
HERE = Environment("python", lock=("faiss-cpu==1",))
CALL = Call("a", "f", (KEYWORD,), PLACE, 3)


@pytest.mark.parametrize(
    ("answer", "kind", "fact", "remedy"),
    [
        ({"coroutine": True}, CauseKind.NOT_AWAITED, "`f` is async, and its call is never awaited",
         "await it, or hand it to what does"),
        ({"most": 1}, CauseKind.EXCEPTION, "`f` takes 1 argument by position, not 3",
         "leave out what is too much, or name it"),
        ({"most": 0}, CauseKind.EXCEPTION, "`f` takes 0 arguments by position, not 3",
         "leave out what is too much, or name it"),
        ({"missing": ["x", "y"]}, CauseKind.EXCEPTION, "`f` also needs `x`, `y`", "give it what it needs"),
        ({"keywords": {"zz": None}, "takes": ["self"]}, CauseKind.EXCEPTION, "`f` takes no argument `zz`",
         "it takes none by name"),
        ({"keywords": {"zz": "zy"}, "takes": ["zy"], "missing": ["zy"]}, CauseKind.EXCEPTION,
         "`f` takes no argument `zz`", "did you mean `zy`?"),
    ],
)  # fmt: skip
def test_a_call(answer: dict[str, object], kind: CauseKind, fact: str, remedy: str) -> None:
    (cause,) = called(CALL, answer)
    place = KEYWORD.place if "keywords" in answer else PLACE
    assert (cause.kind, cause.place, cause.fact, cause.remedy) == (kind, place, fact, remedy)


def test_an_attribute() -> None:
    use = Use("os", "", (Name("startfile", PLACE),))
    assert list(used(use, {}, HERE)) == []
    assert list(used(use, {"part": 0, "owner": "os", "near": None}, HERE)) == []  # it is there on Windows
    (cause,) = used(use, {"part": 0, "owner": "shutil", "near": None}, HERE)
    assert (cause.kind, cause.place, cause.fact) == (CauseKind.MISSING_ATTRIBUTE, PLACE, "`shutil` has no `startfile`")
    assert cause.remedy == "use what this release has"
    (cause,) = used(use, {"part": 0, "owner": "shutil", "near": "start"}, HERE)
    assert cause.remedy == "did you mean `start`?"


def test_an_attribute_that_python_has_no_more() -> None:
    use = Use("collections", "", (Name("Mapping", PLACE),))
    (cause,) = used(use, {"part": 0, "owner": "collections", "near": None}, HERE)
    assert (cause.kind, cause.fact) == (CauseKind.MISSING_ATTRIBUTE, "`collections` has no `Mapping` since Python 3.10")
    assert cause.remedy == "use `collections.abc.Mapping`"


@pytest.mark.parametrize(
    ("owner", "sharing", "others"),
    [
        ("faiss.contrib", [], "faiss-cpu, faiss-gpu, faiss-gpu-cu11, faiss-gpu-cu12"),
        ("shared", ["one", "two"], "one, two"),
    ],
)
def test_an_attribute_that_another_distribution_may_have(owner: str, sharing: list[str], others: str) -> None:
    use = Use(owner, "", (Name("Gpu", PLACE),))
    (cause,) = used(use, {"part": 0, "owner": owner, "near": None, "sharing": sharing}, HERE)
    wanted = f"the block needs another distribution, or one alone, for `{owner}.Gpu`"
    assert (cause.kind, cause.fact) == (CauseKind.SURROUNDINGS, f"{wanted}: {others} bring the same module")
    assert cause.remedy == "declare only the one that has it"
    (cause,) = used(use, {"part": 0, "owner": owner, "near": "Cpu", "sharing": sharing}, HERE)
    assert cause.remedy == "declare only the one that has it, or did you mean `Cpu`?"


def test_an_attribute_that_only_a_later_python_has() -> None:
    use = Use("pathlib", "Path", (Name("walk", PLACE),))
    (cause,) = used(use, {"part": 0, "owner": "pathlib.Path", "near": None}, HERE)
    assert (cause.kind, cause.fact) == (
        CauseKind.SURROUNDINGS,
        "the block needs Python 3.12: earlier ones have no `pathlib.Path.walk`",
    )
