"""A place and its line → the line with the place marked below it."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from skillcheck.model import Place
from skillcheck.reporters.visible import visible

WIDTH = 100
BEFORE = 40


def frame(place: Place, line: str) -> Iterator[str]:
    """Yield the line with its number, cut around the place where it is long, and a line that underlines the place.

    Nothing is shown of an empty line.
    """
    if not line.strip():
        return
    start = min(place.column - 1, len(line))
    first = max(0, min(start - BEFORE, len(line) - WIDTH))
    before, cut = visible(line[first:start]), "…" if first else ""
    marked = visible(line[start : _end(place, line, start)])
    rest = visible(line[_end(place, line, start) : first + WIDTH])
    gutter = f"{place.line:>5} | "
    more = "…" if first + WIDTH < len(line) else ""
    yield f"{gutter}{cut}{before}{marked}{rest}{more}".rstrip()
    yield f"{' ' * 5} | {' ' * _columns(cut + before)}{'^' * max(1, _columns(marked))}"


def _end(place: Place, line: str, start: int) -> int:
    """Return where the mark ends: with its span, at the end of the line for one that goes on below."""
    if place.end_line is None or place.end_column is None:
        return start
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return max(start, min(end, len(line), start + WIDTH - BEFORE))


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
