"""Archive -> manifest-in-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK607", clients=CLAUDE_AI, source="https://github.com/anthropics/claude-code/issues/92902")
def manifest_in_archive(archive: Archive) -> Iterator[Told]:
    """A skill's archive holds a plugin's manifest.

    claude.ai answers "A skill cannot contain a plugin manifest". What holds a plugin is uploaded as a plugin.
    """
    for file in archive.members:
        if file.path.endswith(".claude-plugin/plugin.json"):
            message = f"the archive holds the plugin manifest {file.path}"
            yield Told(file.place, message, "remove it, or upload the archive as a plugin")
