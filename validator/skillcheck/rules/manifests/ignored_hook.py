"""Component -> ignored-hook."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind, Severity
from skillcheck.rules.components import json_complaints
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK532", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def ignored_hook(component: Component) -> Iterator[Told]:
    """A hook is ignored.

    Its event, its type or one of its fields is none that Claude Code knows. The other hooks run.
    """
    for complaint in json_complaints(component):
        if complaint.is_warning and component.kind is ComponentKind.HOOKS:
            yield complaint.told
