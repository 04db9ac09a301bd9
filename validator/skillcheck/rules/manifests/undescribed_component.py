"""Component -> undescribed-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind, FaultKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_OTHERS = (ComponentKind.AGENT, ComponentKind.COMMAND)
_UNREAD = {FaultKind.BAD_YAML, FaultKind.NOT_A_MAPPING, FaultKind.UNREADABLE, FaultKind.TOO_LARGE}


@rule(
    "SK526", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def undescribed_component(component: Component) -> Iterator[Told]:
    """An agent or a command has no description.

    Claude and the users choose it by its description. Claude Code's validator warns, and fails with --strict.
    """
    if component.kind not in _OTHERS or any(fault.kind in _UNREAD for fault in component.faults):
        return
    missing = [fault for fault in component.faults if fault.kind is FaultKind.NO_FRONTMATTER]
    for fault in missing:
        yield Told(fault.place, fault.fact, fault.remedy)
    if not missing and "description" not in component.data.mapping():
        yield Told(component.data.place(), "`description` is missing", f"say what the {component.kind} is for")
