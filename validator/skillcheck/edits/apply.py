"""A text and edits → the text with the edits done, and nothing else of it changed."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
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
        if not _collide(spans) and not any(_collide(_around(done, span)) for span in spans):
            for span in spans:
                insort(done, span)
            count += 1
    return mark + "".join(_pieces(body, done)), count


def _around(done: Sequence[Span], span: Span) -> Sequence[Span]:
    """Return a span between those of a sorted list next to which it would stand: it touches no other of them."""
    at = bisect_left(done, span)
    return [*done[max(at - 1, 0) : at], span, *done[at : at + 1]]


def _pieces(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """Yield what stays of a text and what replaces its spans."""
    behind = 0
    for start, end, replacement in spans:
        yield text[behind:start]
        yield replacement
        behind = end
    yield text[behind:]


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
