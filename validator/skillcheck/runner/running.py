"""Python programs → what is known of each before it runs, and what running it gave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from skillcheck.model import Environment, Program, Role, Unit
from skillcheck.runner.cache import Cache
from skillcheck.runner.executing import Attempt, Executor, How, executor, once
from skillcheck.runner.hazards import parses
from skillcheck.runner.layout import Key, key
from skillcheck.runner.memory import Memory, Run
from skillcheck.runner.resolution import SECONDS, Static, answered, bundled, question, resolve
from skillcheck.runner.sandbox import Limits, Sandbox

ALONE = "imported without its package, which fails"
NOT_RUN = frozenset({"shown", "parsed", "resolved"})


@dataclass(frozen=True, slots=True)
class Options:
    """How programs are run: for how many seconds each, with or without the network, how many at a time.

    `run` names the languages whose blocks are to be run though nothing in their documents says so. `progress` is told
    of each that is done; `cache` holds what need not be run again.
    """

    seconds: float = 10.0
    network: bool = False
    jobs: int = field(
        default_factory=lambda: len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    )
    progress: Callable[[Unit], None] = lambda _: None
    cache: Cache | None = None
    run: frozenset[str] = frozenset()


def run_all(
    programs: Sequence[Program], environment: Environment, options: Options
) -> tuple[dict[Key, Static], dict[Key, Run]]:
    """Read the programs, then run those that parse and are asked to; without an environment, only read them."""
    if not programs:
        return {}, {}
    python = environment.python or sys.executable
    sandbox = Sandbox(python, network=options.network, readable=environment.readable)
    if environment.error:
        bare = [replace(program, imports=(), calls=()) for program in programs]
        with executor(sandbox, ()) as cold:
            return resolve(cold, bare, environment), {}
    memory = Memory.of(options.cache, environment, network=options.network)
    known = {key(program.unit): memory.run(program, _limits(program, options), alone=False) for program in programs}
    unknown = [program for program in programs if known[key(program.unit)] is None]
    with ExitStack() as stack:
        work = Work(options, environment, memory, known, once(lambda: stack.enter_context(executor(sandbox, unknown))))
        with ThreadPoolExecutor(1) as meanwhile:
            reading = meanwhile.submit(work.read, programs)
            runs = work.run([program for program in programs if _is_run(program)], reading.result)
        static = reading.result()
        return static, {unit: run for unit, run in runs.items() if static[unit].syntax is None}


def _is_run(program: Program) -> bool:
    return program.unit.block.directive.options.get("level") not in NOT_RUN


def _limits(program: Program, options: Options) -> Limits:
    return Limits(seconds=float(program.unit.block.directive.options.get("timeout") or options.seconds))


@dataclass(frozen=True, slots=True)
class Work:
    """The programs of one skill in one environment: what is remembered of them, and what executes the others.

    `known` is what was remembered of each when the work began.
    """

    options: Options
    environment: Environment
    memory: Memory
    known: Mapping[Key, Run | None]
    executor: Callable[[], Executor]

    def read(self, programs: Sequence[Program]) -> dict[Key, Static]:
        """Return what is known of the programs before they run."""
        job = question(programs)
        known = self.memory.answer(job)
        if known is not None:
            return answered(programs, self.environment, known)
        ended = self.executor().probe(job, SECONDS, bundled(programs))
        self.memory.keep_answer(job, ended.said)
        return answered(programs, self.environment, ended.said, ended.output)

    def run(self, programs: Sequence[Program], read: Callable[[], Mapping[Key, Static]]) -> dict[Key, Run]:
        """Return what running the programs gave; a file whose package fails is tried once more without it.

        `read` gives what reading them did, which may take as long as most of them: only what does not parse here, and
        what fails, has to wait for it.
        """

        def one(program: Program) -> tuple[Key, Run]:
            run = self._run(program, lambda: read()[key(program.unit)].foreseen)
            self.options.progress(program.unit)
            return key(program.unit), run

        with ThreadPoolExecutor(self.options.jobs) as pool:
            runs = dict(pool.map(one, filter(parses, programs)))
            left = [program for program in programs if key(program.unit) not in runs]
            runs |= dict(pool.map(one, [program for program in left if read()[key(program.unit)].syntax is None]))
        for program in programs:
            run = runs.get(key(program.unit))
            if program.unit.role is Role.FILE and run and run.cause and key(program.unit) not in run.lines:
                alone = self._run(program, frozenset, alone=True)
                runs[key(program.unit)] = replace(alone, note=ALONE) if alone.cause is None else run
        return runs

    def _run(self, program: Program, foreseen: Callable[[], AbstractSet[int]], *, alone: bool = False) -> Run:
        limits = _limits(program, self.options)
        known = self.memory.run(program, limits, alone=True) if alone else self.known[key(program.unit)]
        if known is not None:
            return known
        network = self.options.network or "network" in program.unit.block.directive.options
        how = How(limits.seconds, network, alone, foreseen)
        attempt = self.executor().execute(program, how)
        run = _made(attempt)
        self.memory.keep(program, limits, run, alone=alone)
        return run


def _made(attempt: Attempt) -> Run:
    told, owner = attempt.found or (None, None)
    isolation, lines = attempt.ended.isolation, attempt.lines
    return Run(told, owner, attempt.duration, attempt.output, isolation, lines, "", attempt.printed, attempt.again)
