"""Fault -> escaping-symlink."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK007", severity=Severity.WARNING)
def escaping_symlink(fault: Fault) -> Iterator[Told]:
    """A symbolic link leaves the folder.

    Installed elsewhere, the link points at nothing, or at a file of somebody else. It is not followed.
    """
    manifest = fault.place.path.endswith(".json")  # a path in a manifest that climbs breaks the manifest's schema
    if fault.kind is FaultKind.LINK_ESCAPES and not manifest:
        yield Told(fault.place, fault.fact, fault.remedy)
