"""Fault -> missing-evidence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK707")
def missing_evidence(fault: Fault) -> Iterator[Told]:
    """A skill whose evidence was asked for has none.

    Evidence is optional, and only `skillcheck evidence` asks for it. Without any, nothing says what was proven.
    """
    if fault.kind is FaultKind.NO_EVIDENCE:
        yield Told(fault.place, fault.fact, fault.remedy)
