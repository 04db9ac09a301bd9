"""Plugin -> skills-not-a-folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Plugin
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK525", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def skills_not_a_folder(plugin: Plugin) -> Iterator[Told]:
    """A path of `skills` is a file.

    Claude Code looks for skills in folders. A path to a SKILL.md loads nothing.
    """
    for path, place in plugin.not_folders:
        folder = f"{posixpath.dirname(path)}/"
        yield Told(place, f"the path {path} is a file, expected a folder of skills", f"write `{folder}`")
