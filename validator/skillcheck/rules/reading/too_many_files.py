"""Fault -> too-many-files."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK008")
def too_many_files(fault: Fault) -> Iterator[Told]:
    """A folder holds more files than are read.

    Most likely a folder of dependencies or a build landed in the skill. What lies beyond the limit is not checked,
    and what is not checked must not pass. Where only so many Markdown files are linked it is a warning: the clients
    read each when it is asked for.
    """
    if fault.kind is FaultKind.TOO_MANY_FILES:
        severity = Severity.WARNING if fault.is_mild else None
        yield Told(fault.place, fault.fact, fault.remedy, severity=severity)
