"""Component -> unread-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, FaultKind
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_UNREAD = {FaultKind.BAD_YAML, FaultKind.NOT_A_MAPPING}


@rule("SK527", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def unread_component(component: Component) -> Iterator[Told]:
    """The frontmatter of an agent or a command, or a file of hooks or servers, is not read.

    Claude Code drops every field of it, every hook or every server.
    """
    for fault in component.faults:
        if fault.kind in _UNREAD:
            yield Told(fault.place, fault.fact, fault.remedy)
