"""A document -> the fences that end where a shown fence was meant to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Block, Document
from skillcheck.rules.lines import lines
from skillcheck.rules.remembered import remembered

_FENCE = re.compile(r"(`{3,}|~{3,})")
_TAG = re.compile(r" {0,3}</?[A-Za-z][\w-]*[^<>]*>\s*$")
_OPENING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*[A-Za-z{][^`]*$")


@remembered
def nested(document: Document) -> tuple[tuple[Block, int], ...]:
    """Return each block that shows an opening fence with at least its own marks, with that fence's line."""
    return tuple(_nested(document))


@remembered
def swallowed(document: Document) -> list[int]:
    """Return the lines of fences with a language that open nothing, for they stand in a block of HTML."""
    fences = [number for number, line in enumerate(lines(document), 1) if _is_opening(line)]
    inside = {
        line for block in document.blocks for line in range(block.place.line, block.line + block.text.count("\n") + 1)
    }
    opening = [number for number in fences if number not in inside]
    return [number for number in opening if number > document.body_line and _is_html(document, number)]


def _is_opening(line: str) -> bool:
    return ("```" in line or "~~~" in line) and bool(_OPENING.match(line))


def _is_html(document: Document, number: int) -> bool:
    """Return whether the line stands in an HTML block, which ends at a blank line."""
    for line in reversed(lines(document)[: number - 1]):
        if not line.strip():
            return False
        if _TAG.match(line):
            return True
    return False


def _nested(document: Document) -> Iterator[tuple[Block, int]]:
    text, lost = lines(document), swallowed(document)
    for block in document.blocks:
        own = _FENCE.search(text[block.place.line - 1])
        if any(line < block.place.line for line in lost):
            return  # whatever follows a fence that opened nothing is read inside out
        shown = own and own.group(1) in block.text
        for offset, line in enumerate(block.text.split("\n") if shown else ()):
            inner = _OPENING.match(line)
            if own and inner and inner.group(1).startswith(own.group(1)):
                yield block, block.line + offset
                break
