"""Skill → what proving it gives with each Python of this machine: with the lowest, the locked, the newest releases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from skillcheck.config import Config
from skillcheck.crew import hands, spread
from skillcheck.disk import Cache
from skillcheck.environments import absent, lock_file, locked, pythons
from skillcheck.model import Cell, Environment, Fault, Place, Releases, Skill
from skillcheck.verify.proving import installing, proved
from skillcheck.verify.settings import Part, Settings

Job = tuple[str, str, tuple[Releases, ...]]
"""A Python, by its path and its version, and releases."""


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
    crossing = Crossing(skill, config, settings, usual, known.version, pythons())
    return Part(cells=tuple(crossing.cells()), notes=tuple(crossing.left_out()))


@dataclass(frozen=True, slots=True)
class Crossing:
    """One skill to prove with all Pythons and releases; `usual` is what proving it with `version` gave already."""

    skill: Skill
    config: Config
    settings: Settings
    usual: Part
    version: str
    pythons: tuple[tuple[str, str], ...]

    def cells(self) -> list[Cell]:
        """Try all, as many at a time as there are cores, for tests wait more than they work."""
        known, here = frozenset(_places(self.usual)), [version for _, version in self.pythons]
        found = [replace(cell, known=known) for cells in spread(self.jobs(), self.tried, hands()) for cell in cells]
        return sorted(found, key=lambda cell: (here.index(cell.python), [*Releases].index(cell.releases)))

    def jobs(self) -> list[Job]:
        """Return what can be tried at the same time; what may turn out to be one and the same is one job."""
        newest = (Releases.NEWEST, Releases.LOCKED) if lock_file(self.skill) else (Releases.NEWEST,)
        return [(*python, choices) for choices in (newest, (Releases.LOWEST,)) for python in self.pythons]

    def tried(self, job: Job) -> list[Cell]:
        """Prove the skill with one Python and some releases."""
        path, version, choices = job
        return [self._cell(path, version, releases) for releases in choices]

    def _cell(self, path: str, version: str, releases: Releases) -> Cell:
        if (version, releases) == (self.version, self.settings.releases):
            return _cell(self.skill, version, releases, self.usual)
        self.settings.tell(f"{self.skill.name}: proving it with Python {version} and the {releases} releases")
        settings = replace(self.settings, python=path, releases=releases)
        if releases is Releases.LOCKED:
            held = locked(self.skill, version)
            if isinstance(held, Fault):
                return Cell(self.skill.name, held.place, version, releases, error=held.fact)
            settings = replace(settings, lock=held)
        return _cell(self.skill, version, releases, proved(self.skill, self.config, settings))

    def left_out(self) -> Iterator[str]:
        """Yield what was not tried, and why."""
        if lock_file(self.skill) is None:
            yield f"{self.skill.name}: proven with no locked releases, since it carries no lock"
        if lacking := absent():
            yield f"{self.skill.name}: not proven with Python {', '.join(lacking)}, which this machine does not have"


@contextmanager
def _remembering(settings: Settings) -> Iterator[Settings]:
    """Keep what is measured for as long as the matrix takes: the same distributions may be wanted more than once."""
    if settings.cached:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="skillcheck-") as folder:
        yield replace(settings, results=Cache(Path(folder)))


def _cell(skill: Skill, version: str, releases: Releases, part: Part) -> Cell:
    made = part.environments.get(skill.name, Environment(""))
    error = made.error or " ".join(refusal.said for refusal in made.refused)
    return Cell(skill.name, Place(skill.path), version, releases, made.lock, part.results, part.tests, error)


def _places(part: Part) -> Iterator[Place]:
    yield from (cause.place for result in part.results for cause in result.causes)
    for run in part.tests:
        yield from (failure.place for failure in run.failures)
        yield from (run.place,) * bool(run.error)
