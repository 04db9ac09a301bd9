"""Fault -> bad-requirement."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK012")
def bad_requirement(fault: Fault) -> Iterator[Told]:
    """A declared requirement cannot be read.

    What cannot be read cannot be installed, and the blocks that need it cannot be proven.
    """
    if fault.kind is FaultKind.BAD_REQUIREMENT:
        yield Told(fault.place, fault.fact, fault.remedy)
