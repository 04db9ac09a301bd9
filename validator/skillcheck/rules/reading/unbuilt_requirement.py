"""Fault -> unbuilt-requirement."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK822", severity=Severity.WARNING)
def unbuilt_requirement(fault: Fault) -> Iterator[Told]:
    """A declared requirement, or its newest release, is to be had as source alone.

    To build it would execute its code, so the blocks that need it are not decided. An older release that has a wheel
    is installed only if the requirement asks for it: what it shows says nothing of the newest.
    """
    if fault.kind is FaultKind.UNBUILT_REQUIREMENT:
        yield Told(fault.place, fault.fact, fault.remedy)
