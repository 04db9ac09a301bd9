"""Skill → what proving it gives with every Python of this machine, and with the lowest and the newest releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.config import Config
from skillcheck.environments import pythons
from skillcheck.model import Cell, Environment, Place, Releases, Skill
from skillcheck.verify.proving import installing, proved
from skillcheck.verify.settings import Part, Settings


def proved_everywhere(skill: Skill, config: Config, settings: Settings) -> Part:
    """Prove a skill the usual way and, where the matrix is asked for, with all other Pythons and releases."""
    part = proved(skill, config, settings)
    return part + crossed(skill, config, settings, part) if settings.matrix else part


def crossed(skill: Skill, config: Config, settings: Settings, usual: Part) -> Part:
    """Return a cell for each Python and choice of releases; `usual` is what proving the skill gave already."""
    known = usual.environments.get(skill.name)
    if known is None:
        return Part()
    if not installing(skill, config):
        return Part(notes=(f"{skill.name}: proven with Python {known.version} alone, on what is installed there",))
    told = frozenset(_places(usual))
    cells = []
    for path, version in pythons():
        for releases in Releases:
            same = (version, releases) == (known.version, settings.releases)
            part = usual if same else proved(skill, config, replace(settings, python=path, releases=releases))
            cells.append(replace(_cell(skill, version, releases, part), known=told))
    return Part(cells=tuple(cells))


def _cell(skill: Skill, version: str, releases: Releases, part: Part) -> Cell:
    made = part.environments.get(skill.name, Environment(""))
    error = made.error or " ".join(refusal.said for refusal in made.refused)
    return Cell(skill.name, Place(skill.path), version, releases, made.lock, part.results, part.tests, error)


def _places(part: Part) -> Iterator[Place]:
    yield from (cause.place for result in part.results for cause in result.causes)
    for run in part.tests:
        yield from (failure.place for failure in run.failures)
        yield from (run.place,) * bool(run.error)
