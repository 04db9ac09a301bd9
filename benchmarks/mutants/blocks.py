"""Mutants → those that reading them, or running their blocks, notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.mutants.mutate import Mutant
from benchmarks.mutants.proof import Proof
from benchmarks.mutants.verdict import Fate, Verdict
from skillcheck.model import CauseKind, Program
from skillcheck.runner.comparing import failures, mismatches
from skillcheck.runner.executing import Executor, How, executor
from skillcheck.runner.layout import key
from skillcheck.runner.resolution import answered, bundled, question
from skillcheck.runner.running import NOT_RUN
from skillcheck.runner.sandbox import Sandbox

READING = 600.0
BATCH = 200


@contextmanager
def executing(proof: Proof) -> Iterator[Executor]:
    """Give what executes programs, warm, as `skillcheck run` has it."""
    sandbox = Sandbox(proof.environment.python, readable=proof.environment.readable)
    python = [program for program in proof.proving.programs if program.unit.language == "python"]
    with ExitStack() as stack:
        yield stack.enter_context(executor(sandbox, python))


def read(proof: Proof, mutants: Sequence[Mutant], by: Executor) -> Iterator[Verdict]:
    """Yield a verdict for each mutant whose names, imports or keyword arguments do not resolve."""
    for first in range(0, len(mutants), BATCH):
        batch = mutants[first : first + BATCH]
        programs = [proof.own(mutant) for mutant in batch]
        ended = by.probe(question(programs), READING, bundled(programs))
        for mutant, program, said in zip(batch, programs, _apart(programs, ended.said), strict=True):
            static = answered([program], proof.environment, said)[key(program.unit)]
            causes = [static.syntax] if static.syntax else static.unresolved
            if causes:
                yield Verdict(mutant, Fate.CAUGHT, "reading", causes[0].fact)
            elif len(program.context) > len(proof.before(mutant).context) and proof.stands_alone:
                yield Verdict(mutant, Fate.CAUGHT, "standing alone", "the block needs an earlier one")


def _apart(programs: Sequence[Program], said: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each program's part of an answer: all have the key of the one that they were made from."""
    position = 0
    for program, parsed in zip(programs, said["parsed"], strict=True):
        count = len(question([program])["wanted"])
        yield {"parsed": [parsed], "resolved": said["resolved"][position : position + count]}
        position += count


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs programs with mistakes in them, some at a time."""

    proof: Proof
    by: Executor
    jobs: int

    def run(
        self, stage: str, mutants: Sequence[Mutant], chosen: Callable[[Mutant], Iterable[Program]]
    ) -> Iterator[Verdict]:
        """Yield a verdict for each mutant with which one of the programs chosen for it does not pass."""

        def one(mutant: Mutant) -> Verdict | None:
            for program in chosen(mutant):
                found = self._found(program)
                if found is not None:
                    return Verdict(mutant, found[0], stage, f"{program.unit.snippet}: {found[1]}")
            return None

        with ThreadPoolExecutor(self.jobs) as pool:
            yield from filter(None, pool.map(one, mutants))

    def _found(self, program: Program) -> tuple[Fate, str] | None:
        options = program.unit.block.directive.options
        if options.get("level") in NOT_RUN:
            return None
        seconds = float(options.get("timeout") or self.proof.proving.options().seconds)
        attempt = self.by.execute(program, How(seconds, "network" in options))
        if attempt.found is not None:
            cause = attempt.found[0]
            return Fate.TIMEOUT if cause.kind is CauseKind.TIMEOUT else Fate.CAUGHT, cause.fact
        unmet = failures(mismatches(program, attempt.printed, attempt.again, attempt.output))
        return (Fate.CAUGHT, unmet[0].fact) if unmet else None
