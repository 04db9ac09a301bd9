"""Skill → the results of its blocks and of its tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skillcheck.blocks import programs, units
from skillcheck.config import Config, astray
from skillcheck.disk import cache_folder
from skillcheck.environments import prepare, present
from skillcheck.model import (
    Environment,
    Fault,
    FaultKind,
    Place,
    Program,
    Refusal,
    Requirement,
    Result,
    Role,
    Skill,
    TestRun,
    Trouble,
    Unit,
)
from skillcheck.runner import Cache, Options, Proof, Suite, covered, held, is_test, prove, run_suite
from skillcheck.verify.requirements import requirements, test_requirements
from skillcheck.verify.settings import Part, Settings


@dataclass(frozen=True, slots=True)
class Proving:
    """One skill to prove, with all that says how; `faults` are those of its requirements."""

    skill: Skill
    config: Config
    settings: Settings
    units: tuple[Unit, ...]
    programs: tuple[Program, ...]
    needed: tuple[Requirement, ...]
    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, skill: Skill, config: Config, settings: Settings) -> Proving:
        """Read how the skill is to be proven; nothing is installed or run yet."""
        found = units(skill)
        needed, faults = requirements(skill, config, settings.requirements)
        return cls(skill, config, settings, found, programs(found, skill.files), needed, faults)

    def blocks(self, snippets: Container[str]) -> tuple[tuple[Result, ...], tuple[Fault, ...]]:
        """Run the blocks that have these snippets, each with what it needs, and none of the skill's tests.

        Return the results, and what is to be told of requirements that could not be installed.
        """
        only = replace(
            self,
            units=tuple(unit for unit in self.units if unit.snippet in snippets),
            programs=tuple(program for program in self.programs if program.unit.snippet in snippets),
        )
        environment = only.environment() if only.installs else Environment("")
        return only.proof(environment).results, refused(environment)

    def proof(self, environment: Environment) -> Proof:
        """Run the blocks in an environment."""
        return prove(self.skill.name, self.units, self.programs, environment, self.options())

    @property
    def installs(self) -> bool:
        """Whether a block needs an environment."""
        return any(unit.language == "python" and unit.role is not Role.SHOWN for unit in self.units)

    def environment(self, more: Sequence[Requirement] = (), what: str = "blocks") -> Environment:
        """Return an interpreter with what the skill needs, and `more`."""
        wanted, python = (*self.needed, *more), self.settings.python or self.config.python
        if not (self.settings.installs and installing(self.skill, self.config)):
            return self._rested_on(self._placed(present(wanted, python=python)))
        listed = ", ".join(requirement.text for requirement in wanted) or "nothing"
        self.settings.say(f"{self.skill.name}: installing {listed} for its {what}")

        def announce(_: Sequence[Requirement]) -> None:
            for line in _announced(self.skill.name, what, wanted):
                self.settings.tell(line)

        releases, lock = self.settings.releases, self.settings.lock
        partly = not more and lock is None
        made = prepare(wanted, python=python, releases=releases, lock=lock, installing=announce, partly=partly)
        return self._rested_on(self._placed(made))

    def _rested_on(self, environment: Environment) -> Environment:
        """Note that the answer rests on an environment, which must be as the requirements have it, and stay so."""
        grounds = self.settings.grounds
        if grounds and (environment.error or environment.refused or not environment.installed):
            grounds.lose()
        elif grounds:
            python = Path(environment.python)
            grounds.rest_on(str(python.parent.parent), _library(python, environment.version))
        return environment

    def _placed(self, environment: Environment) -> Environment:
        """Return the environment with the place that asks for a Python which cannot be used."""
        if environment.trouble is not Trouble.PYTHON or not environment.error:
            return environment
        return replace(environment, place=Place("--python" if self.settings.python else self.config.path))

    def options(self) -> Options:
        """Return how the blocks are run."""
        own = self.config.skills.get(self.skill.folder)
        done = 0

        def progress(_: Unit) -> None:
            nonlocal done
            done += 1
            self.settings.say(f"{self.skill.name}: {done} of {len(self.units)} blocks")

        seconds = own.timeout if own and own.timeout is not None else self.config.timeout
        network = own.network if own and own.network is not None else self.config.network
        options = Options(
            seconds=seconds, network=network, progress=progress, cache=self.cache(), run=frozenset(self.config.run)
        )
        return replace(options, jobs=self.settings.jobs) if self.settings.jobs else options

    def cache(self) -> Cache | None:
        """Return where results are kept: in the user's cache, unless another or none is wanted."""
        kept = self.settings.results or (results() if self.settings.cached else None)
        return kept and replace(kept, grounds=self.settings.grounds)

    @property
    def tests(self) -> Path:
        """The folder of the skill's tests in the project around it, which need not be there."""
        return self.config.root.resolve() / self.config.tests / self.skill.folder

    def suites(self) -> list[Suite]:
        """Return the skill's tests: those among its own blocks, then those of the project around it."""
        folder = self.tests
        if self.settings.grounds:
            self.settings.grounds.rest_on(str(folder))
        own = [unit for unit in self.units if unit.role is Role.FILE and is_test(unit.path or "")]
        shown = [Suite(own[0].block.place.path)] if own else []
        is_there = folder.is_dir() and not astray(folder, self.config)
        return shown + ([Suite(os.path.relpath(folder), folder)] if is_there else [])


def _library(python: Path, version: str) -> str:
    """Return where the standard library of an interpreter lies."""
    name = f"python{'.'.join(version.split('.')[:2])}"
    return str(python.resolve().parent.parent / "lib" / name)


def _announced(name: str, what: str, wanted: Sequence[Requirement]) -> Iterator[str]:
    """Yield what is about to be installed, each requirement with where it comes from."""
    yield f"{name}: installing for its {what}, from the package index:"
    width = max(len(requirement.text) for requirement in wanted)
    for requirement in wanted:
        yield f"  {requirement.text:{width}}  {requirement.place} {requirement.origin}".rstrip()


def installing(skill: Skill, config: Config) -> bool:
    """Return whether what a skill needs is installed for it, or it is proven on what is there."""
    own = config.skills.get(skill.folder)
    return own is None or own.install


def isolation() -> tuple[str, ...]:
    """Return by what programs are held on this machine."""
    return held(sys.executable)


def results() -> Cache:
    """Return the user's cache of results."""
    return Cache(cache_folder() / "results")


def proved(skill: Skill, config: Config, settings: Settings) -> Part:
    """Run the skill's blocks and its tests, and return what that gave."""
    proving = Proving.of(skill, config, settings)
    part = Part(faults=(*proving.faults, *(fault for unit in proving.units for fault in unit.faults)))
    environment = proving.environment() if proving.installs else Environment("")
    proof = proving.proof(environment)
    part += Part(faults=refused(environment))
    lacking = [refusal.requirement for refusal in environment.refused]
    proving = replace(proving, needed=tuple(known for known in proving.needed if known not in lacking))
    if not proving.installs:
        return part + _told(skill, proof)
    part += Part(environments={skill.name: environment}, faults=astray(proving.tests, config))
    for suite in proving.suites() if not environment.error else ():
        tested, proof = _tested(proving, suite, proof)
        part += tested
    return part + _told(skill, proof)


def refused(environment: Environment) -> tuple[Fault, ...]:
    """Return what is to be told of the requirements that could not be installed."""
    return tuple(map(_refused, environment.refused))


def _refused(refusal: Refusal) -> Fault:
    fact = f"`{refusal.requirement.text}` cannot be installed: {refusal.said}"
    if refusal.unbuilt:
        remedy = "name a release that has a wheel; to build one would execute its code"
        return Fault(FaultKind.UNBUILT_REQUIREMENT, refusal.requirement.place, fact, remedy)
    remedy = "correct the requirement; only wheels of the package index are installed"
    return Fault(FaultKind.REFUSED_REQUIREMENT, refusal.requirement.place, fact, remedy)


def _lacking(environment: Environment) -> list[str]:
    """Return the tools that tests need, and that an interpreter lacks which is taken as it is."""
    if environment.installed or environment.error:
        return []
    there = {known.partition("==")[0].lower() for known in environment.lock}
    return [tool for tool in ("coverage", "pytest") if tool not in there]


def _told(skill: Skill, proof: Proof) -> Part:
    held = (f"{skill.name}: blocks were held by {' + '.join(proof.isolation)}",) if proof.isolation else ()
    return Part(results=proof.results, notes=held)


def _tested(proving: Proving, suite: Suite, proof: Proof) -> tuple[Part, Proof]:
    more, faults = test_requirements(suite.folder)
    environment = proving.environment(more, "tests")
    name = proving.skill.name
    error = f"its requirements cannot be installed: {environment.error}" if environment.error else ""
    if lacking := _lacking(environment):
        verb = "is" if len(lacking) == 1 else "are"
        error = f"{' and '.join(lacking)} {verb} not installed for {environment.python}, and nothing is to be installed"
    if error:
        return Part(faults=faults, tests=(TestRun(name, suite.place, error=error),)), proof
    proving.settings.say(f"{name}: running {suite.shown}")
    files = [unit for unit in proving.units if unit.role is Role.FILE]
    run, lines = run_suite(name, suite, files, environment, cache=proving.cache())
    return Part(faults=faults, tests=(run,)), covered(proof, lines)
