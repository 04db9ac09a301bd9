"""A text -> the letters in it that a pattern finds, the first of each line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from skillcheck.model import Place, Text
from skillcheck.rules.lines import split
from skillcheck.rules.remembered import remembered

_CONTROLS = frozenset((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))  # those that no text needs
_USUAL = bytes(byte for byte in range(0x80) if byte not in _CONTROLS)


@remembered
def unusual(text: Text) -> str:
    """Return the control characters of a text and those beyond ASCII, in which others are found much sooner."""
    return text.text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")


def place(text: Text, number: int, column: int, length: int = 1) -> Place:
    """Return the place in its file of what stands in a line of a text, both counted from 1."""
    first = text.column - 1 if number == 1 else 0
    line = text.line + number - 1
    return Place(text.path, line, column + first, line, column + first + length)


def found(text: Text, pattern: re.Pattern[str], shown: Callable[[str], str] = str) -> Iterator[tuple[Place, str, str]]:
    """Yield the first match of each line with its place and the line; `shown` blanks what is not to be searched."""
    if not pattern.search(text.text):
        return
    for number, line in enumerate(split(text.text), 1):
        if match := pattern.search(shown(line)):
            yield place(text, number, match.start() + 1, len(match[0])), line, match[0]
