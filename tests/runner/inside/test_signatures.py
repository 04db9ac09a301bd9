from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest

Called = Callable[..., dict[str, Any]]


@pytest.fixture
def called(inside: Callable[[str], ModuleType]) -> Called:
    """Judge a call: how many arguments by position, which by name."""

    def called(function: object, count: int | None, *keywords: str, **more: bool) -> dict[str, Any]:
        answer: dict[str, Any] = inside("signatures").called(
            function, {"keywords": [*keywords], "count": count, **more}
        )
        return answer

    return called


def takes(a: int, b: int = 0, *, c: int, d: int = 0) -> None:
    """Take some arguments."""


class Kind:
    """A class of one argument."""

    def __init__(self, title: str) -> None:
        """Take it."""


async def later(a: int) -> None:
    """Do something later."""


def test_arguments_too_many_and_too_few(called: Called) -> None:
    assert called(takes, 2, "c") == {}
    assert called(takes, 3, "c") == {"most": 2}
    assert called(takes, 0) == {"missing": ["a", "c"]}
    assert called(takes, 0, "a", "c") == {}
    assert called(takes, None) == {}
    assert called(takes, 0, open=True) == {}
    assert called(lambda *_: None, 5) == {}


def test_a_class_takes_what_its_init_takes_without_itself(called: Called) -> None:
    assert called(Kind, 1) == {}
    assert called(Kind, 2) == {"most": 1}
    assert called(Kind, 0) == {"missing": ["title"]}
    assert called(Kind, 0, "titel")["keywords"] == {"titel": "title"}


def test_a_coroutine_that_is_dropped(called: Called) -> None:
    assert called(later, 1, dropped=True) == {"coroutine": True}
    assert called(later, 1, dropped=False) == {}
    assert called(takes, 1, "c", dropped=True) == {}


def test_what_says_nothing_of_its_arguments(called: Called, inside: Callable[[str], ModuleType]) -> None:
    assert called(min, 99, "anything") == {}
    assert inside("signatures").called(takes, {"keywords": None}) == {}


def test_what_is_built_in_takes_what_it_says(called: Called) -> None:
    assert called(datetime.now, 0, "tz") == {}
    assert called(datetime.now, 0, "timezone")["keywords"] == {"timezone": None}
    assert called(sorted, 1, "key", "reverse") == {}
    assert called(len, 2) == {"most": 1}
    assert called(len, 0) == {"missing": ["obj"]}


def test_what_is_built_in_may_say_it_in_a_way_that_is_not_python(
    called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("inspect.signature", refuses)
    assert called(len, 5) == {}
