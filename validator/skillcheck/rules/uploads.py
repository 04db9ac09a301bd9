"""An archive -> its members as claude.ai's upload sees them."""

from __future__ import annotations

from skillcheck import facts
from skillcheck.model import Archive, FaultKind, File, Place


def members(archive: Archive, *, all_of_them: bool = False) -> tuple[File, ...]:
    """Return the members; without what macOS adds, unless all are wanted."""
    return tuple(file for file in archive.members if all_of_them or not file.path.startswith("__MACOSX/"))


def skill_files(archive: Archive) -> tuple[str, ...]:
    """Return the paths of the SKILL.md files."""
    return tuple(file.path for file in members(archive) if file.path.rpartition("/")[2] == "SKILL.md")


def is_upload(archive: Archive) -> bool:
    """Return whether the archive could be read and is a skill's; a plugin's has other rules."""
    return is_skills(archive) and not archive.faults


def is_skills(archive: Archive) -> bool:
    """Return whether the archive is a skill's and no plugin's, sound or not."""
    return not any(file.path.endswith(".claude-plugin/plugin.json") for file in archive.members)


def unsafe(archive: Archive) -> frozenset[Place]:
    """Return the places of members that are told as unsafe, and need not be told of again."""
    return frozenset(fault.place for fault in archive.faults if fault.kind is FaultKind.UNSAFE_MEMBER)


def is_stray(part: str) -> bool:
    """Return whether a folder or file of that name has no business in a skill."""
    if part == ".claude-plugin":  # a rule of its own tells of it
        return False
    return part in facts.upload().stray or part.endswith(".pyc") or (part.startswith(".") and part not in {".", ".."})
