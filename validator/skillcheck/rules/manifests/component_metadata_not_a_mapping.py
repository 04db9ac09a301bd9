"""Component -> component-metadata-not-a-mapping."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, Severity
from skillcheck.rules.components import markdown_complaints
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK529", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def component_metadata_not_a_mapping(component: Component) -> Iterator[Told]:
    """The metadata of a command is not a mapping.

    Claude Code drops it. Its validator warns, and fails with --strict.
    """
    for complaint in markdown_complaints(component):
        if complaint.pointer[0] == "metadata":
            yield complaint.told
