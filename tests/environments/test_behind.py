from __future__ import annotations

from skillcheck.environments.behind import NEEDING, SAID, behind
from skillcheck.environments.installer import UvError
from skillcheck.model import Place, Refusal, Requirement

NO_WHEEL = "hint: Wheels are required for `a` because building from source is disabled for all packages"

OTHER_PYTHON = f"""\
Because i==2.0 has no usable wheels, we can conclude that i==2.0 cannot be used. Because the current Python version
(3.11.7) does not satisfy Python>=3.13 and i==2.1 depends on Python>=3.13, your requirements are unsatisfiable.
{NO_WHEEL}"""
NO_NEWER = "Because only b<=2 is available and you require b>2, your requirements are unsatisfiable."


def required(*texts: str) -> tuple[Requirement, ...]:
    return tuple(Requirement(text, Place("requirements.txt", number)) for number, text in enumerate(texts, 1))


def test_what_has_no_wheel_in_its_newest_release_is_told() -> None:
    asked: list[str] = []

    def attempt(text: str, *options: str) -> None:
        asked.append(" ".join([text, *options]))
        if text.startswith("a") or (text.startswith("j") and options != ("--python-version", "3.13")):
            raise UvError(NO_WHEEL)
        if text.startswith("B"):
            raise UvError(NO_NEWER)
        if text.startswith("i"):
            raise UvError(OTHER_PYTHON)

    wanted = required("a[x]>=0", "B_b", "c", "d==1", "e<2", "f ~= 1.0", "g @ https://example.org/g.whl", "h", "i", "j")
    lock = ("a==1.5", "b-b==2", "c==3", "d==1", "e==1", "f==1.1", "g==1", "i==1", "j==1", "odd")
    assert behind(wanted, lock, "3.11.7", attempt, lambda *_: None) == (Refusal(wanted[0], SAID, unbuilt=True),)
    later = [f"{name} --python-version 3.{minor}" for name in ("a>1.5", "j>1") for minor in (12, 13)]
    assert sorted(asked) == ["B_b>2", "a>1.5", *later[:2], "c>3", "i>1", "j>1", *later[2:]]


def test_what_needs_something_without_a_wheel_is_told() -> None:
    asked: list[str] = []

    def whole(text: str, *options: str) -> None:
        asked.append(" ".join([text, *options]))
        if text.startswith("a") or (text.startswith("b") and not options):
            raise UvError(NO_WHEEL)
        if text.startswith("c"):
            raise UvError(NO_NEWER)

    wanted = required("a[y,x]", "b", "c", "d")
    lock = ("a==1", "b==1", "c==1", "d==1")
    refused = behind(wanted, lock, "3.11.7", lambda *_: None, whole)
    assert refused == (Refusal(wanted[0], NEEDING, unbuilt=True),)
    assert {"a[x,y]>1", "a[x,y]>1 --python-version 3.12", "b>1 --python-version 3.12"} <= {*asked}
