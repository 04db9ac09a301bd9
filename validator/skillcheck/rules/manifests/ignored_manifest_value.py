"""Plugin -> ignored-manifest-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Data, Plugin, Severity
from skillcheck.rules.entries import is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints

_FETCHED = 16


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
        yield from _beyond(plugin.manifest)


def _beyond(manifest: Data) -> Iterator[Told]:
    """Tell of more programs than Claude Code fetches."""
    binaries = manifest.mapping().get("binaries")
    count = len(binaries) if isinstance(binaries, dict) else 0
    if count > _FETCHED:
        message = f"`binaries` has {count} entries, and Claude Code fetches the first {_FETCHED} alone"
        yield Told(manifest.key_place("binaries"), message, "remove what is not needed, or split the plugin")
