"""Component -> insecure-server."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind, Severity
from skillcheck.rules.components import json_complaints
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK533", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/mcp")
def insecure_server(component: Component) -> Iterator[Told]:
    """A server of another machine is asked without encryption.

    Requests and credentials travel where others can read them. Claude Code's validator warns, and fails with --strict.
    """
    for complaint in json_complaints(component):
        if complaint.is_warning and component.kind is ComponentKind.MCP:
            yield complaint.told
