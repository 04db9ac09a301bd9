"""Fault -> link-loop."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK006", clients=ALL)
def link_loop(fault: Fault) -> Iterator[Told]:
    """A symbolic link leads back to itself.

    Whoever follows it never arrives. Copying the skill fails or fills the disk.
    """
    if fault.kind is FaultKind.LINK_LOOP:
        yield Told(fault.place, fault.fact, fault.remedy)
