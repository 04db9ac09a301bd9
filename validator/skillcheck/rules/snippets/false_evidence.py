"""Fault -> false-evidence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK706")
def false_evidence(fault: Fault) -> Iterator[Told]:
    """A block does not reach the level that EVIDENCE.json claims for it.

    Hashes say that the block is the one that was spoken of, only running it says whether the claim is true. Told by
    `skillcheck evidence --rerun`.
    """
    if fault.kind is FaultKind.FALSE_EVIDENCE:
        yield Told(fault.place, fault.fact, fault.remedy)
