"""Findings and targets → each finding at the level it has for these targets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from skillcheck.model import Client, Finding, Severity


def levelled(findings: Iterable[Finding], targets: Collection[Client]) -> Iterator[Finding]:
    """Yield what concerns the targets.

    An error is a warning where the targets that mind it take it with one. An error for other clients alone is told as
    a note, lesser things not at all.
    """
    for finding in findings:
        if not finding.clients or any(client in targets for client in finding.clients):
            yield finding
        elif any(client in targets for client in finding.warned):
            is_error = finding.severity is Severity.ERROR
            yield replace(finding, severity=Severity.WARNING, demoted=True) if is_error else finding
        elif finding.severity is Severity.ERROR:
            yield replace(finding, severity=Severity.NOTE, demoted=True)
