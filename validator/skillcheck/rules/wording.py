"""Values -> the words of a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from skillcheck.model import Json, Pointer

NOTHING = " \t\r\n\u00a0\u00ad\u180e\u200b\u200c\u200d\u2060\u3000\ufeff"
"""Characters that show nothing; none of them is a text."""

_PART = re.compile(r"[A-Z][a-z]+")  # a word of a name such as `PreToolUse`
_SHOWN = 60
_MANY = 500  # words that one is compared with; among more nobody can tell which was meant
_ASKED = 1024  # so many answers are remembered: fields that nobody knows stand in hundreds of files alike


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like `word`, whatever the case and the separators; None if none is.

    None is like a word among more than 500: each is compared, and a file may hold as many as it has room for.
    """
    every = tuple(sorted(known))
    return _closest(word, every) if len(every) <= _MANY else None


@lru_cache(_ASKED)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    spellings = {_plain(each): each for each in known}
    matches = get_close_matches(_plain(word), spellings, n=1, cutoff=0.75)
    near = spellings[matches[0]] if matches else None
    return None if near is None or _means_another(word, near, known) else near


def _means_another(word: str, near: str, known: Iterable[str]) -> bool:
    """Return whether a name differs by a word that is one of the known ones: `SessionStop` is no slip of `…Start`."""
    parts, others = _PART.findall(word), _PART.findall(near)
    if len(parts) != len(others):
        return False
    every = {part for each in known for part in _PART.findall(each)}
    return any(part != other and part in every for part, other in zip(parts, others, strict=True))


def is_same_word(word: str, other: str) -> bool:
    """Return whether two words differ in case and separators alone."""
    return _plain(word) == _plain(other)


def kind(value: Json) -> str:
    """Return what a value is, in words that fit YAML and JSON."""
    match value:
        case None:
            return "empty"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "a mapping"


def shown(value: Json) -> str:
    """Return a value as it is quoted in a message, cut to about 60 characters; what is no string as JSON writes it."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def visible(text: str) -> str:
    """Return a text with the characters that nobody sees escaped."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def where(pointer: Pointer) -> str:
    """Return a pointer in the way the clients write it: `plugins[0].source`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in pointer)
    return "".join(steps).removeprefix(".")


def _plain(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "").replace(" ", "")
