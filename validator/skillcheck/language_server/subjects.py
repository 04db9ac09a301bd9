"""A document → the skill, plugin or marketplace that it belongs to, which is checked as a whole."""

from __future__ import annotations

from pathlib import Path

from skillcheck.disk import exists, is_file

_SKILL = Path("SKILL.md")
_PLUGIN = Path(".claude-plugin/plugin.json")
_MARKETPLACE = "marketplace.json"
_LISTS = (Path(".claude-plugin", _MARKETPLACE), Path(_MARKETPLACE))
_PARTS = frozenset({"agents", "commands", "hooks", "monitors", ".mcp.json", ".lsp.json"})


def subject(document: Path) -> Path | None:
    """Return what to check when `document` changes; None where it is no part of a bundle on disk.

    A component of a plugin without a manifest is known by the marketplace that lists the plugin.
    """
    if document.name == _MARKETPLACE:
        return document
    for folder in document.parents:
        if is_file(folder / _SKILL):
            return folder
        lists: tuple[Path, ...] = _LISTS if _PARTS.intersection(document.relative_to(folder).parts) else ()
        for mark in (_PLUGIN, *lists):
            if is_file(folder / mark):
                return folder / mark
        if exists(folder / ".git"):
            break
    return None


def is_subject(whole: Path) -> bool:
    """Whether what was a subject once still is one: it is there, and a folder still holds a skill."""
    return is_file(whole) or is_file(whole / _SKILL)
