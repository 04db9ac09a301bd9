"""A document -> the fences that end where a shown fence was meant to end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Block, Document
from skillcheck.rules.lines import lines

_FENCE = re.compile(r"(`{3,}|~{3,})")
_OPENING = re.compile(r"^ {0,3}(`{3,}|~{3,})[ \t]*[A-Za-z{][^`]*$")


def nested(document: Document) -> tuple[tuple[Block, int], ...]:
    """Return each block that shows an opening fence with at least its own marks, with that fence's line."""
    return tuple(_nested(document))


def _nested(document: Document) -> Iterator[tuple[Block, int]]:
    text = lines(document)
    for block in document.blocks:
        own = _FENCE.search(text[block.place.line - 1])
        for offset, line in enumerate(block.text.split("\n") if own else ()):
            inner = _OPENING.match(line)
            if own and inner and inner.group(1).startswith(own.group(1)):
                yield block, block.line + offset
                break
