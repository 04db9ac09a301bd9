"""A plugin -> whether Claude Code reads more of it than skills."""

from __future__ import annotations

from skillcheck import facts
from skillcheck.model import Data, Plugin, Pointer
from skillcheck.rules.entries import manifests

FOLDERS = ("skills", "commands", "agents", "hooks")
OF_SKILLS = ("skills", "SKILL.md")
_MORE = (
    *("commands", "agents", "hooks", "monitors", "output-styles", "themes", "workflows", "bin"),
    *(".mcp.json", ".lsp.json", "settings.json", "types", "evals"),
)
"""What Claude Code looks for in a plugin beside skills."""
_SAYING = frozenset(
    (
        *("$schema", "name", "version", "description", "author", "displayName", "homepage", "repository", "license"),
        *("keywords", "source", "category", "tags", "strict", "metadata", "engines", "network", "relevance", "skills"),
    )
)
"""What a manifest says of a plugin without adding anything but skills to it."""


def has_more(plugin: Plugin) -> bool:
    """Return whether there is something in a plugin, or in what describes it, that is no skill."""
    return bool(plugin.components) or any(map(plugin.holds, _MORE)) or any(_adds(*each) for each in manifests(plugin))


def adds_skills(data: Data, pointer: Pointer) -> bool:
    """Return whether a manifest names skills."""
    fields = data.at(*pointer)
    return not isinstance(fields, dict) or "skills" in fields


def _adds(data: Data, pointer: Pointer) -> bool:
    fields = data.at(*pointer)
    return isinstance(fields, dict) and not _SAYING.issuperset(fields.keys() & facts.plugin().fields)
