"""Skill and configuration → what has to be installed for its blocks, and for its tests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from skillcheck.config import Config
from skillcheck.disk import bounds
from skillcheck.environments import declared, listed, parse
from skillcheck.load import read_file
from skillcheck.model import Fault, File, Place, Requirement, Skill

TEST_TOOLS = ("coverage>=7.11", "pytest>=8")
Split = tuple[tuple[Requirement, ...], tuple[Fault, ...]]


def requirements(skill: Skill, config: Config, given: Sequence[str] = ()) -> Split:
    """Return what the skill's blocks need: declared by itself, by the configuration, and given with the call."""
    own = config.skills.get(skill.folder)
    where = Place(config.path or "skillcheck.toml")
    configured = [parse(text, where, "configuration") for text in (own.requirements if own else ())]
    asked = [parse(text, Place("--requirement"), "command line") for text in given]
    return _split([*declared(skill), *configured, *asked])


def test_requirements(folder: Path | None) -> Split:
    """Return what tests need beyond their skill: the tools, and the requirements.txt beside them."""
    tools = [Requirement(text, Place("skillcheck"), "runs the tests", tool=True) for text in TEST_TOOLS]
    path = folder / "requirements.txt" if folder else None
    if path is None or not path.is_file():
        return _split(tools)
    shown = Place(os.path.relpath(path))
    read = partial(read_file, str(path), bounds(path))
    return _split([*tools, *listed(File("requirements.txt", shown, path.stat().st_size, read))])


def _split(items: Iterable[Requirement | Fault]) -> Split:
    found = tuple(items)
    return (
        tuple(item for item in found if isinstance(item, Requirement)),
        tuple(item for item in found if isinstance(item, Fault)),
    )
