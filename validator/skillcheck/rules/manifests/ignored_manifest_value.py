"""Plugin -> ignored-manifest-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.entries import is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule(
    "SK520", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def ignored_manifest_value(plugin: Plugin) -> Iterator[Told]:
    """A value in plugin.json is none that Claude Code reads, and is ignored.

    The plugin loads without it. Claude Code's validator warns, and fails with --strict.
    """
    if plugin.manifest is not None and is_parsed(plugin.faults):
        for complaint in complaints("plugin", plugin.manifest):
            if complaint.is_warning:
                yield complaint.told
