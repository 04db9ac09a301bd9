"""Skill → its snippet files, written or compared with those on disk."""

from __future__ import annotations

import os
from pathlib import Path

from skillcheck.blocks import programs, units
from skillcheck.config import Config, astray
from skillcheck.extract import drift, snippets, write
from skillcheck.model import Skill, Snippet
from skillcheck.verify.requirements import requirements
from skillcheck.verify.settings import Extraction, Part


def snippets_of(skill: Skill, config: Config) -> tuple[Snippet, ...]:
    """Return the snippet files of a skill as they should be."""
    found = units(skill)
    return snippets(skill, programs(found), found, requirements(skill, config)[0])


def snippets_folder(skill: Skill, config: Config) -> Path:
    """Return where the skill's snippet files are kept."""
    return config.root / config.snippets / skill.folder


def extracted(skill: Skill, config: Config, extraction: Extraction, *, optional: bool) -> Part:
    """Write the snippet files, or tell which are not as they should be.

    With `optional`, a project without a configuration that keeps no snippets is told so, and nothing is missed.
    """
    folder = snippets_folder(skill, config)
    shown = os.path.relpath(folder)
    if extraction is Extraction.LEAVE:
        return Part()
    if faults := astray(folder, config):
        return Part(faults=faults)
    if extraction is Extraction.WRITE:
        made = snippets_of(skill, config)
        changed = write(made, folder)
        return Part(notes=(f"{skill.name}: {len(made)} snippet files in {shown}, {len(changed)} of them changed",))
    if optional and not config.path and not folder.exists():
        return Part(notes=(f"{skill.name}: no snippet files are kept in {shown}, so none can be stale",))
    return Part(drifts=drift(snippets_of(skill, config), folder))
