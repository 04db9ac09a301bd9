"""Marketplace -> ignored-entry-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace, Severity
from skillcheck.rules.entries import is_in_hooks, is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule(
    "SK521",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces#marketplace-schema",
)
def ignored_entry_value(marketplace: Marketplace) -> Iterator[Told]:
    """A value in an entry is none that Claude Code reads, and is ignored.

    The plugin loads without it. Claude Code's validator warns, and fails with --strict.
    """
    if is_parsed(marketplace.faults):
        for complaint in complaints("marketplace", marketplace.data):
            if complaint.is_warning and not is_in_hooks(complaint.pointer):
                yield complaint.told
