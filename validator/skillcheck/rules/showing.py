"""A document -> which places of its prose show what a text may be, and mean nothing of it themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from skillcheck.model import Document, Place
from skillcheck.rules.fences import is_meant_as_code
from skillcheck.rules.lines import lines
from skillcheck.rules.remembered import remembered

_CODE = re.compile(r"`[^`]*`")
_BLANK = re.compile(r"(?<!\])\[[A-Z][^\[\]]*\](?![\[(:])")
_TITLE = re.compile(r".*\w.*\[[A-Z][^\[\]]*[a-z][^\[\]]*\]\W*|\W*\[[^\[\]]*\b(?:name|title)\]\W*", re.IGNORECASE)
_TITLED = re.compile(r"[ \t]\"[^\"]*\"(?=\))")
_LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)")
_CURLY = str.maketrans("\u201c\u201d", '""')
_NEAR = 400  # characters around a link in which it is quoted; a line may be as long as a file
_OUTERMOST = 2  # levels of the headings that name a whole document


def is_shown(document: Document, place: Place) -> bool:
    """Return whether what stands there is meant as code, is to be filled in, or is quoted within a sentence."""
    return (
        is_meant_as_code(document, place.line)
        or place.line in _to_fill_in(document)
        or _is_quoted(lines(document)[place.line - 1], place.column - 1)
    )


@remembered
def _to_fill_in(document: Document) -> frozenset[int]:
    """Return the lines that have a blank."""
    return frozenset(number for number, line in document.prose if _BLANK.search(_CODE.sub("", line)))


@remembered
def in_patterns(document: Document) -> frozenset[int]:
    """Return the lines of each part whose title is to be filled in: the pattern of a document that will be written."""
    return frozenset(chain.from_iterable(_patterns(document)))


def _patterns(document: Document) -> Iterator[range]:
    ends = dict.fromkeys(range(1, _OUTERMOST + 1), len(lines(document)) + 1)  # where a part of that level ends
    for heading in reversed(document.headings):
        if heading.level in ends and _TITLE.fullmatch(heading.text):
            yield range(heading.place.line, ends[heading.level])
        ends.update(dict.fromkeys(range(heading.level, _OUTERMOST + 1), heading.place.line))


def _is_quoted(line: str, column: int) -> bool:
    """Return whether a link stands in quotes with other words, as somebody else may write it."""
    start = max(column - _NEAR, 0)
    text = _TITLED.sub(lambda title: " " * len(title[0]), line[start : column + _NEAR].translate(_CURLY))
    before, behind = text[: column - start].rpartition('"'), text[column - start :].partition('"')
    is_within = text.count('"', 0, column - start) % 2 == 1 and behind[1]
    return bool(is_within) and re.search(r"\w", _LINK.sub("", before[2] + behind[0])) is not None
