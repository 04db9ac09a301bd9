"""Fault -> wrong-case."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK010", clients=ALL)
def wrong_case(fault: Fault) -> Iterator[Told]:
    """A SKILL.md is written in other letters.

    Claude Code and claude.ai look for SKILL.md in capitals. A folder with skill.md is no skill to them.
    """
    if fault.kind is FaultKind.WRONG_CASE:
        yield Told(fault.place, fault.fact, fault.remedy)
