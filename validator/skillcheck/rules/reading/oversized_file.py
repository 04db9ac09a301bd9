"""Fault -> oversized-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, SPEC, Told, rule


@rule("SK005", clients=SPEC, warned=CLAUDE_CODE)
def oversized_file(fault: Fault) -> Iterator[Told]:
    """A file is larger than is read.

    Claude reads a skill into its context, and no context holds such a file. It is not checked further, here and by
    Claude Code's validator, which warns of it.
    """
    if fault.kind is FaultKind.TOO_LARGE and fault.of_plugin:
        yield Told(fault.place, fault.fact, fault.remedy, severity=Severity.WARNING, clients=CLAUDE_CODE)
    elif fault.kind is FaultKind.TOO_LARGE:
        yield Told(fault.place, fault.fact, fault.remedy)
