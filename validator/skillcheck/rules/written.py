"""Frontmatter as it is written -> places inside its values."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from skillcheck.model import Frontmatter, Place

_PROPERTIES = ("&", "!", "*")
_BLOCKS = ("|", ">")
_MARKS = ("", '"', "'", "|", ">")
_COMMENT = re.compile(r"[ \t]+(?P<text>#(?![ \t]*skillcheck[ \t]*:)(?:[^#\s]|#+ ?\S|.{40}).*)")  # `# why` is a remark
_END = re.compile(r"\r\n?|\n")


def within(frontmatter: Frontmatter, field: str, needle: str) -> Place:
    """Return where `needle` stands in the value of a field; the whole value where it is folded or escaped."""
    whole = frontmatter.data.place(field)
    is_block = line(frontmatter, whole.line)[whole.column - 1 : whole.column] in _BLOCKS
    for number in range(whole.line + is_block, (whole.end_line or whole.line) + 1):
        column = line(frontmatter, number).find(needle, whole.column - 1 if number == whole.line else 0)
        if column >= 0:
            return replace(whole, line=number, column=column + 1, end_line=number, end_column=column + 1 + len(needle))
    return whole


def line(frontmatter: Frontmatter, number: int) -> str:
    """Return a line of the file, as far as it is of the frontmatter; empty where it is not."""
    lines = _lines(frontmatter.text)
    index = number - frontmatter.line
    return lines[index] if 0 <= index < len(lines) else ""


def comment_behind(frontmatter: Frontmatter, field: str) -> Place | None:
    """Return where a comment ends the value of a field, which stands on one line without quotes."""
    if "#" not in frontmatter.text or field not in frontmatter.data.mapping():
        return None
    place = frontmatter.data.place(field)
    text = line(frontmatter, place.line)
    is_plain = place.line == place.end_line and text[place.column - 1 : place.column] not in _MARKS
    comment = _COMMENT.match(text, (place.end_column or 1) - 1) if is_plain else None
    column = comment.start("text") + 1 if comment else 0
    return replace(place, column=column, end_column=len(text) + 1) if comment else None


def is_bare(frontmatter: Frontmatter, place: Place) -> bool:
    """Return whether a value is written there by itself: without an anchor or a tag, as its own and no other key's.

    It is not where Claude Code's repair reads it, since that takes quotes and comments for a part of it.
    """
    return (
        not frontmatter.repaired and line(frontmatter, place.line)[place.column - 1 : place.column] not in _PROPERTIES
    )


def is_told(frontmatter: Frontmatter, place: Place) -> bool:
    """Return whether a fault of the YAML already tells of the line of a place."""
    return any(fault.place.line == place.line for fault in frontmatter.faults)


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    return _END.split(text)
