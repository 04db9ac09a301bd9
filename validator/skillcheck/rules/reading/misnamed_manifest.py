"""Fault -> misnamed-manifest."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK013", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference#file-locations-reference")
def misnamed_manifest(fault: Fault) -> Iterator[Told]:
    """A manifest has another name, or stands in another place, than Claude Code looks for.

    Claude Code reads .claude-plugin/plugin.json and .claude-plugin/marketplace.json, by exactly these names. Without
    them there is no marketplace, and what plugin.json says of the plugin is not known. A plugin that a marketplace
    lists is installed all the same, with what its entry says, so there this is a warning.
    """
    if fault.kind is FaultKind.MISNAMED:
        severity = Severity.WARNING if fault.is_mild else None
        yield Told(fault.place, fault.fact, fault.remedy, severity=severity)
