"""A document → the skill, plugin or marketplace that it belongs to, which is checked as a whole."""

from __future__ import annotations

from pathlib import Path

_SKILL = Path("SKILL.md")
_PLUGIN = Path(".claude-plugin/plugin.json")
_MARKETPLACE = "marketplace.json"


def subject(document: Path) -> Path | None:
    """Return what to check when `document` changes; None where it is no part of a bundle on disk."""
    if document.name == _MARKETPLACE:
        return document
    for folder in document.parents:
        for mark in (_SKILL, _PLUGIN):
            if (folder / mark).is_file():
                return folder if mark is _SKILL else folder / mark
        if (folder / ".git").exists():
            break
    return None
