"""A document → the skill, plugin or marketplace that it belongs to, which is checked as a whole."""

from __future__ import annotations

from pathlib import Path

from skillcheck.disk import exists, is_file

_SKILL = Path("SKILL.md")
_PLUGIN = Path(".claude-plugin/plugin.json")
_MARKETPLACE = "marketplace.json"


def subject(document: Path) -> Path | None:
    """Return what to check when `document` changes; None where it is no part of a bundle on disk."""
    if document.name == _MARKETPLACE:
        return document
    for folder in document.parents:
        for mark in (_SKILL, _PLUGIN):
            if is_file(folder / mark):
                return folder if mark is _SKILL else folder / mark
        if exists(folder / ".git"):
            break
    return None


def is_subject(whole: Path) -> bool:
    """Whether what was a subject once still is one: it is there, and a folder still holds a skill."""
    return is_file(whole) or is_file(whole / _SKILL)
