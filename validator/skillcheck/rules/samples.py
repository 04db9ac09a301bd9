"""A document -> where it gives examples, and where its tables say what is made: files there need not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from skillcheck.model import Document

_EXAMPLES = re.compile(r"\b(?:examples?|samples?|e\.g\.)", re.IGNORECASE)
_INTRODUCES = re.compile(r":[\s*_]*$")
_ITEM = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s|\s{2,}\S")
_MADE = re.compile(
    r"\b(?:outputs?|targets?|destinations?|generates?|generated|creates?|created|writes?|written|produces?|produced)\b"
    r"|出力|输出|生成先",
    re.IGNORECASE,
)


def lines_of_examples(document: Document) -> Iterator[int]:
    """Yield the lines of tables that have a column of examples, and those of lists that are introduced as some."""
    before, was_row, shows = 0, False, False
    for number, line in document.prose:
        is_row = _is_row(line)
        if is_row != was_row or (is_row and number != before + 1):
            shows = is_row and _EXAMPLES.search(line) is not None
        if not is_row and line.strip() and not (shows and _ITEM.match(line)):
            shows = _EXAMPLES.search(line) is not None and _INTRODUCES.search(line) is not None
        before, was_row = number, is_row
        if shows:
            yield number


def parts_to_come(document: Document) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Return by line the cells of tables that name what is made, as where they begin and end."""
    found: dict[int, Sequence[tuple[int, int]]] = {}
    columns: Sequence[int] = ()
    before = 0
    for number, line in document.prose:
        if not _is_row(line):
            continue
        if number != before + 1:
            columns = [index for index, cell in enumerate(line.split("|")) if _MADE.search(cell)]
        before = number
        if columns:
            ends = [-1, *(at for at, mark in enumerate(line) if mark == "|"), len(line)]
            found[number] = [(ends[index], ends[index + 1]) for index in columns if index + 1 < len(ends)]
    return found


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")
