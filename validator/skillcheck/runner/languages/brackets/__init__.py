"""A text of data → the bracket in it that is never closed, and the way from an offset to its line and column."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOSERS = {"[": "]", "{": "}"}


class _Opened(NamedTuple):
    offset: int
    bracket: str
    line: int
    indent: int


def spot(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def unclosed(text: str, tokens: re.Pattern[str], end: int | None = None) -> int | None:
    """Return the offset of the innermost bracket that is never closed before `end`, None where each is.

    `tokens` finds brackets, and what a bracket in it is none of. Of several that a closing bracket may belong to, it
    is the one whose line has the same indentation.
    """
    opened: list[_Opened] = []
    for found in tokens.finditer(text, 0, len(text) if end is None else end):
        line, indent, begins = _line(text, found.start())
        if found[0] in _CLOSERS:
            opened.append(_Opened(found.start(), found[0], line, indent))
        elif found[0] in _CLOSERS.values() and opened:
            if _CLOSERS[opened[-1].bracket] != found[0] or (begins and _is_of_outer(opened, line, indent)):
                return opened[-1].offset
            opened.pop()
    return opened[-1].offset if opened else None


def _line(text: str, offset: int) -> tuple[int, int, bool]:
    """Return the number and the indentation of the line of an offset, and whether nothing stands before it there."""
    begin = text.rfind("\n", 0, offset) + 1
    indent = len(text) - begin - len(text[begin:].lstrip(" \t"))
    return begin, indent, begin + indent == offset


def _is_of_outer(opened: list[_Opened], line: int, indent: int) -> bool:
    """Whether a closing bracket that begins a line with that indentation belongs to an outer bracket by it."""
    last = opened[-1]
    outer = (each for each in opened[:-1] if each.line != last.line)
    return last.line != line and last.indent != indent and any(each.indent == indent for each in outer)
