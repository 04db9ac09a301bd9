"""Skill → the results of its blocks and of its tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from skillcheck.blocks import programs, units
from skillcheck.config import Config
from skillcheck.environments import prepare
from skillcheck.model import Environment, Requirement, Role, Skill, TestRun, Unit
from skillcheck.runner import Options, Proof, Suite, covered, is_test, prove, run_suite
from skillcheck.verify.requirements import requirements, test_requirements
from skillcheck.verify.settings import Part, Settings

NOT_MADE = Environment("", error="no block needs one")


def proved(skill: Skill, config: Config, settings: Settings) -> Part:
    """Run the skill's blocks and its tests, and return what that gave."""
    found = units(skill)
    needed, faults = requirements(skill, config, settings.requirements)
    faults = (*faults, *(fault for unit in found for fault in unit.faults))
    runs = any(unit.language == "python" and unit.role is not Role.SHOWN for unit in found)
    environment = _environment(skill.name, needed, config, settings) if runs else NOT_MADE
    proof = prove(skill.name, found, programs(found), environment, _options(skill, found, config, settings))
    tested = Part()
    for suite in _suites(skill, found, config) if runs and not environment.error else ():
        settings.say(f"{skill.name}: running {suite.shown}")
        part, proof = _tested(skill, suite, proof, needed, config, settings)
        tested += part
    held = (f"{skill.name}: blocks were held by {' + '.join(proof.isolation)}",) if proof.isolation else ()
    made = {skill.name: environment} if runs else {}
    return Part(faults=faults, results=proof.results, environments=made, notes=held) + tested


def _environment(name: str, needed: Sequence[Requirement], config: Config, settings: Settings) -> Environment:
    listed = ", ".join(requirement.text for requirement in needed) or "nothing"
    settings.say(f"{name}: installing {listed}")
    return prepare(needed, python=settings.python or config.python)


def _options(skill: Skill, found: Sequence[Unit], config: Config, settings: Settings) -> Options:
    own = config.skills.get(skill.folder)
    done = 0

    def progress(_: Unit) -> None:
        nonlocal done
        done += 1
        settings.say(f"{skill.name}: {done} of {len(found)} blocks")

    seconds = own.timeout if own and own.timeout is not None else config.timeout
    network = own.network if own and own.network is not None else config.network
    options = Options(seconds=seconds, network=network, progress=progress)
    return replace(options, jobs=settings.jobs) if settings.jobs else options


def _suites(skill: Skill, found: Sequence[Unit], config: Config) -> list[Suite]:
    folder = Path(config.root).resolve() / config.tests / skill.folder
    tests = [unit for unit in found if unit.role is Role.FILE and unit.language == "python" and is_test(unit.path or "")]
    own = [Suite(tests[0].block.place.path)] if tests else []
    return own + ([Suite(os.path.relpath(folder), folder)] if folder.is_dir() else [])


def _tested(
    skill: Skill, suite: Suite, proof: Proof, needed: Sequence[Requirement], config: Config, settings: Settings
) -> tuple[Part, Proof]:
    more, faults = test_requirements(suite.folder)
    environment = _environment(f"{skill.name} tests", (*needed, *more), config, settings)
    if environment.error:
        run = TestRun(skill.name, suite.place, error=f"its requirements cannot be installed: {environment.error}")
        return Part(faults=faults, tests=(run,)), proof
    files = [result.unit for result in proof.results if result.unit.role is Role.FILE]
    run, lines = run_suite(skill.name, suite, files, environment, network=False)
    return Part(faults=faults, tests=(run,)), covered(proof, lines)
