"""A skill → what proves it as it is: programs with what they execute, test suites with what each test executes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.mutants.mutate import Mutant
from skillcheck.blocks import programs
from skillcheck.config import find
from skillcheck.load import load
from skillcheck.model import Environment, Program, Role, Segment, Unit
from skillcheck.runner.layout import Key, key
from skillcheck.runner.memory import Run
from skillcheck.runner.running import run_all
from skillcheck.verify.proving import Proving
from skillcheck.verify.settings import Settings

WHOLE = frozenset({"quart-patterns"})


@dataclass(frozen=True, slots=True)
class Proof:
    """A skill that is well: its programs in one environment, and how each ran."""

    proving: Proving
    environment: Environment
    runs: Mapping[Key, Run]

    @classmethod
    def of(cls, path: Path) -> Proof:
        """Prove the blocks of the skill at `path`; raise SystemExit where one fails already."""
        settings = Settings()
        proving = Proving.of(load([str(path)]).skills[0], find(path), settings)
        environment = proving.environment()
        python = [program for program in proving.programs if program.unit.language == "python"]
        _, runs = run_all(python, environment, proving.options())
        failing = [str(run.cause.place) for run in runs.values() if run.cause]
        if failing or environment.error:
            message = f"prove the skill first: {environment.error or ', '.join(failing)}"
            raise SystemExit(message)
        return cls(proving, environment, runs)

    @property
    def files(self) -> tuple[Unit, ...]:
        """The example project."""
        return tuple(unit for unit in self.proving.units if unit.role is Role.FILE)

    def own(self, mutant: Mutant) -> Program:
        """Return the program of the mutant itself: read anew, since a mistake may change what it needs."""
        old = mutant.unit
        new = changed(mutant)
        near = [unit for unit in self.proving.units if unit.block.document == old.block.document]
        read = programs([new if unit is old else unit for unit in near], self.proving.skill.files)
        found = next(program for program in read if program.unit is new)
        return _with_files(found, self.before(mutant).files, mutant, new)

    def before(self, mutant: Mutant) -> Program:
        """Return the program of the block without the mistake."""
        return next(program for program in self.proving.programs if key(program.unit) == key(mutant.unit))

    @property
    def stands_alone(self) -> bool:
        """Whether each block is whole: `tests/test_bundle.py` holds that of our own skills."""
        return self.proving.skill.name in WHOLE

    def others(self, mutant: Mutant) -> list[Program]:
        """Return the other programs that execute a line of the mutant's statement, the quickest first."""
        new, name = changed(mutant), key(mutant.unit)
        lines = {line + mutant.unit.block.line - 1 for line in mutant.lines}
        found = [
            program
            for program in self.proving.programs
            if key(program.unit) in self.runs
            and key(program.unit) != name
            and lines & set(self.runs[key(program.unit)].lines.get(name, ()))
        ]
        found.sort(key=lambda program: self.runs[key(program.unit)].duration)
        return [_with_files(program, program.files, mutant, new) for program in found]


def changed(mutant: Mutant) -> Unit:
    """Return the unit with the mistake in it."""
    return replace(mutant.unit, block=replace(mutant.unit.block, text=mutant.text))


def _with_files(program: Program, files: tuple[Unit, ...], mutant: Mutant, new: Unit) -> Program:
    name = key(mutant.unit)

    def segment(old: Segment) -> Segment:
        is_whole = key(old.unit) == name and old.text == mutant.unit.block.text
        return replace(old, unit=new, text=mutant.text) if is_whole else old

    return replace(
        program,
        files=tuple(new if key(unit) == name else unit for unit in files),
        context=tuple(new if key(unit) == name else unit for unit in program.context),
        segments=tuple(segment(old) for old in program.segments),
    )
