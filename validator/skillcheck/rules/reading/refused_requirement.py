"""Fault -> refused-requirement."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK820")
def refused_requirement(fault: Fault) -> Iterator[Told]:
    """A declared requirement cannot be installed beside the others.

    Whoever installs the skill fails at it too. The blocks that do not need it are run all the same; the resolver's own
    words say why.
    """
    if fault.kind is FaultKind.REFUSED_REQUIREMENT:
        yield Told(fault.place, fault.fact, fault.remedy)
