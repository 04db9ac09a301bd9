"""Fault -> unpackable-skill."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK612", clients=CLAUDE_AI)
def unpackable_skill(fault: Fault) -> Iterator[Told]:
    """A skill cannot be packed into a ZIP that claude.ai takes.

    The upload would refuse it, so no archive is left behind.
    """
    if fault.kind is FaultKind.UNPACKABLE:
        yield Told(fault.place, fault.fact, fault.remedy)
