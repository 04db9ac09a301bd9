"""Fault -> wrong-case."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK010", clients=ALL)
def wrong_case(fault: Fault) -> Iterator[Told]:
    """A SKILL.md has another name, or no folder of its own.

    Claude Code and claude.ai look for SKILL.md in capitals, in the folder of the skill. A folder with skill.md is no
    skill to them, nor is a page that lies loose among the folders of skills.
    """
    if fault.kind is FaultKind.WRONG_CASE:
        yield Told(fault.place, fault.fact, fault.remedy)
