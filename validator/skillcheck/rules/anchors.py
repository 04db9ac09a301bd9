"""Links and the documents that they lead to → those whose heading is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from skillcheck.model import Document, Link
from skillcheck.rules.fences import is_meant_as_code, slips
from skillcheck.rules.rule import Told
from skillcheck.rules.wording import closest

_EMOJI = "\ufe0f"  # anchors keep the mark that colours a sign, or lose it
_FEW = 20  # so many links are told what they may have meant, since each anchor is compared


def unheaded(links: Iterable[tuple[Document, Link, Document]]) -> Iterator[Told]:
    """Tell the links of documents to headings that are not in the last of the three."""
    known: dict[str, frozenset[str]] = {}
    told = 0
    for document, link, there in links:
        anchor = unquote(link.target.partition("#")[2]).lower().replace(_EMOJI, "")
        if there.relative not in known:
            known[there.relative] = frozenset(each.replace(_EMOJI, "") for each in there.anchors)
        is_there = not anchor or anchor in known[there.relative]
        if is_there or slips(there) or is_meant_as_code(document, link.place.line):
            continue
        told += 1
        near = closest(anchor, there.anchors) if told <= _FEW else None
        fix = f"link to `#{near}`" if near else "link to a heading that is there"
        yield Told(link.place, f"{there.relative} has no heading with the anchor #{anchor}", fix)
