"""Component -> undescribed-component."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Component, ComponentKind, FaultKind, Json, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import shown

_OTHERS = (ComponentKind.AGENT, ComponentKind.COMMAND)
_UNREAD = {FaultKind.BAD_YAML, FaultKind.NOT_A_MAPPING, FaultKind.UNREADABLE, FaultKind.TOO_LARGE}

_LEFT = re.compile(r"\W*(?:TODO|TBD|FIXME)(?:\W*$|[:\uff1a])")


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
    fields = component.data.mapping()
    told = "" if missing else _lack(fields["description"]) if "description" in fields else "is missing"
    if told:
        place = component.data.place(*({"description"} & fields.keys()))
        yield Told(place, f"`description` {told}", f"say what the {component.kind} is for")


def _lack(description: Json) -> str:
    """Return what is to be said of a description that says nothing, empty of others."""
    if description is None or not str(description).strip():
        return "is empty"
    text = str(description).strip()
    return f"is {shown(text)}, which was never filled in" if _LEFT.match(text) else ""
