"""Fault -> link-loop."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK006", clients=ALL)
def link_loop(fault: Fault) -> Iterator[Told]:
    """A symbolic link leads back to itself.

    Whoever follows it never arrives. Copying the skill fails or fills the disk. Claude Code cannot install a plugin
    with a link to the folder that it lies in; other links outside skills it copies as they are, which is a warning.
    """
    if fault.kind is FaultKind.LINK_LOOP and fault.is_mild:
        yield Told(fault.place, fault.fact, fault.remedy, severity=Severity.WARNING, clients=())
    elif fault.kind is FaultKind.LINK_LOOP:
        yield Told(fault.place, fault.fact, fault.remedy)
