"""Fault -> bad-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK601", clients=CLAUDE_AI)
def bad_archive(fault: Fault) -> Iterator[Told]:
    """An archive cannot be opened.

    No client can open it either. It is damaged, encrypted or no ZIP at all.
    """
    if fault.kind is FaultKind.BAD_ARCHIVE:
        yield Told(fault.place, fault.fact, fault.remedy)
