"""Component -> wrong-component-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component
from skillcheck.rules.components import markdown_complaints
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK528", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def wrong_component_value(component: Component) -> Iterator[Told]:
    """A field of an agent or a command has a value that Claude Code refuses.

    Claude Code drops the value, and its validator fails.
    """
    for complaint in markdown_complaints(component):
        if complaint.pointer[0] != "metadata":
            yield complaint.told
