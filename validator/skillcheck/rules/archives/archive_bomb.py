"""Fault -> archive-bomb."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK603", clients=CLAUDE_AI)
def archive_bomb(fault: Fault) -> Iterator[Told]:
    """An archive unpacks to far more than it is.

    It fills the disk or the memory of whoever unpacks it. It was not unpacked.
    """
    if fault.kind is FaultKind.BOMB:
        yield Told(fault.place, fault.fact, fault.remedy)
