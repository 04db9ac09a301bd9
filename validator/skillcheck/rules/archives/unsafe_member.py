"""Fault -> unsafe-member."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK602", clients=CLAUDE_AI)
def unsafe_member(fault: Fault) -> Iterator[Told]:
    """A member of an archive would be written outside it.

    Such a name overwrites files of whoever unpacks the archive. The clients refuse it.
    """
    if fault.kind is FaultKind.UNSAFE_MEMBER:
        yield Told(fault.place, fault.fact, fault.remedy)
