"""A text and edits → the text with the edits done, and nothing else of it changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from skillcheck.model import Edit

LINE_END = re.compile(r"\r\n?|\n")
BOM = "\ufeff"
Span = tuple[int, int, str]


def applied(text: str, fixes: Iterable[Sequence[Edit]]) -> tuple[str, int]:
    """Return the text after as many fixes as can be done at once, and their number.

    A fix is done with all of its edits or not at all; one that touches what an earlier one changes is left for later.
    Lines end as they do for the reader of the bundle, and a byte order mark stands before the first.
    """
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    starts = [0, *(end.end() for end in LINE_END.finditer(body))]
    done: list[Span] = []
    count = 0
    for fix in fixes:
        spans = [_span(edit, starts, len(body)) for edit in fix]
        if not _collide([*done, *spans]):
            done += spans
            count += 1
    for start, end, replacement in sorted(done, reverse=True):
        body = body[:start] + replacement + body[end:]
    return mark + body, count


def _span(edit: Edit, starts: Sequence[int], length: int) -> Span:
    place = edit.place
    end_line, end_column = place.end_line or place.line, place.end_column or place.column
    return _offset(place.line, place.column, starts, length), _offset(end_line, end_column, starts, length), edit.text


def _offset(line: int, column: int, starts: Sequence[int], length: int) -> int:
    return min(starts[line - 1] + column - 1, length) if line <= len(starts) else length


def _collide(spans: Iterable[Span]) -> bool:
    """Whether two spans overlap, or stand at the same point, where their order would be a guess."""
    ordered = sorted(spans)
    return any(right[0] < left[1] or right[0] == left[0] for left, right in pairwise(ordered))
