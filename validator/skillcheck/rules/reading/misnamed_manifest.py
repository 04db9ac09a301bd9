"""Fault -> misnamed-manifest."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK013", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference#file-locations-reference")
def misnamed_manifest(fault: Fault) -> Iterator[Told]:
    """A manifest has another name, or stands in another place, than Claude Code looks for.

    Claude Code reads .claude-plugin/plugin.json and .claude-plugin/marketplace.json, by exactly these names. Without
    them there is no marketplace, and what plugin.json says of the plugin is not known.
    """
    if fault.kind is FaultKind.MISNAMED:
        yield Told(fault.place, fault.fact, fault.remedy)
