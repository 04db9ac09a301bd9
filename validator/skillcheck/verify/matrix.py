"""Skill → what proving it gives with each Python of this machine: with the lowest, the locked, the newest releases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from skillcheck.config import Config
from skillcheck.disk import Cache
from skillcheck.environments import absent, declared, lock_file, pins, pythons
from skillcheck.model import Cell, Environment, Fault, Lock, Place, Releases, Requirement, Skill
from skillcheck.verify.proving import installing, proved
from skillcheck.verify.settings import Part, Settings


def proved_everywhere(skill: Skill, config: Config, settings: Settings) -> Part:
    """Prove a skill the usual way and, where the matrix is asked for, with all other Pythons and releases."""
    if not settings.matrix:
        return proved(skill, config, settings)
    with _remembering(settings) as kept:
        part = proved(skill, config, kept)
        return part + crossed(skill, config, kept, part)


def crossed(skill: Skill, config: Config, settings: Settings, usual: Part) -> Part:
    """Return a cell for each Python and choice of releases; `usual` is what proving the skill gave already."""
    known = usual.environments.get(skill.name)
    if known is None:
        return Part()
    if not installing(skill, config):
        return Part(notes=(f"{skill.name}: proven with Python {known.version} alone, on what is installed there",))
    told, has_lock, cells = frozenset(_places(usual)), lock_file(skill) is not None, []
    for path, version in pythons():
        for releases in Releases if has_lock else (Releases.LOWEST, Releases.NEWEST):
            same = (version, releases) == (known.version, settings.releases)
            wanted = replace(settings, python=path, releases=releases)
            cell = _cell(skill, version, releases, usual) if same else _tried(skill, config, wanted, version)
            cells.append(replace(cell, known=told))
    return Part(cells=tuple(cells), notes=tuple(_left_out(skill, has_lock=has_lock)))


def _left_out(skill: Skill, *, has_lock: bool) -> Iterator[str]:
    if not has_lock:
        yield f"{skill.name}: proven with no locked releases, since it carries no lock"
    if lacking := absent():
        yield f"{skill.name}: not proven with Python {', '.join(lacking)}, which this machine does not have"


@contextmanager
def _remembering(settings: Settings) -> Iterator[Settings]:
    """Keep what is measured for as long as the matrix takes: the same distributions may be wanted more than once."""
    if settings.cached:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="skillcheck-") as folder:
        yield replace(settings, results=Cache(Path(folder)))


def _tried(skill: Skill, config: Config, settings: Settings, version: str) -> Cell:
    settings.tell(f"{skill.name}: proving it with Python {version} and the {settings.releases} releases")
    file = lock_file(skill) if settings.releases is Releases.LOCKED else None
    held = [*pins(file, version)] if file else []
    for fault in (item for item in held if isinstance(item, Fault)):
        return Cell(skill.name, fault.place, version, settings.releases, error=fault.fact)
    if file:
        needs = (item for item in declared(skill) if isinstance(item, Requirement))
        lock = Lock(tuple(item for item in held if isinstance(item, Requirement)), tuple(needs))
        settings = replace(settings, lock=lock)
    return _cell(skill, version, settings.releases, proved(skill, config, settings))


def _cell(skill: Skill, version: str, releases: Releases, part: Part) -> Cell:
    made = part.environments.get(skill.name, Environment(""))
    error = made.error or " ".join(refusal.said for refusal in made.refused)
    return Cell(skill.name, Place(skill.path), version, releases, made.lock, part.results, part.tests, error)


def _places(part: Part) -> Iterator[Place]:
    yield from (cause.place for result in part.results for cause in result.causes)
    for run in part.tests:
        yield from (failure.place for failure in run.failures)
        yield from (run.place,) * bool(run.error)
