"""Python programs → what is known of each before it runs, and what running it gave."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from skillcheck.model import Cause, Environment, Program, Role, Unit
from skillcheck.runner.executing import Executor, executor
from skillcheck.runner.layout import Key, key
from skillcheck.runner.resolution import Static, resolve
from skillcheck.runner.sandbox import Sandbox

Lines = dict[Key, set[int]]
ALONE = "imported without its package, which fails"
NOT_RUN = frozenset({"shown", "parsed", "resolved"})


@dataclass(frozen=True, slots=True)
class Options:
    """How programs are run: seconds for each, whether the network is open, how many at a time, whom to tell of each."""

    seconds: float = 10.0
    network: bool = False
    jobs: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    progress: Callable[[Unit], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Run:
    """What running one program gave, before it is put beside the others."""

    cause: Cause | None = None
    owner: Unit | None = None
    duration: float = 0.0
    output: str = ""
    isolation: tuple[str, ...] = ()
    lines: Mapping[Key, set[int]] = field(default_factory=dict)
    note: str = ""


def run_all(
    programs: Sequence[Program], environment: Environment, options: Options
) -> tuple[dict[Key, Static], dict[Key, Run]]:
    """Read the programs, then run those that parse and are asked to; without an environment, only read them."""
    if not programs:
        return {}, {}
    sandbox = Sandbox(environment.python or sys.executable, network=options.network)
    if environment.error:
        bare = [replace(program, imports=(), calls=()) for program in programs]
        with executor(sandbox, ()) as cold:
            return resolve(cold, bare), {}
    with executor(sandbox, programs) as execute:
        static = resolve(execute, programs)
        return static, _runs([program for program in programs if _is_run(program, static)], execute, options)


def _is_run(program: Program, static: Mapping[Key, Static]) -> bool:
    return static[key(program.unit)].syntax is None and program.unit.block.directive.options.get("level") not in NOT_RUN


def _runs(programs: Sequence[Program], execute: Executor, options: Options) -> dict[Key, Run]:
    def one(program: Program) -> tuple[Key, Run]:
        run = _run(program, execute, options)
        options.progress(program.unit)
        return key(program.unit), run

    with ThreadPoolExecutor(options.jobs) as pool:
        runs = dict(pool.map(one, programs))
    for program in programs:
        run = runs[key(program.unit)]
        if program.unit.role is Role.FILE and run.cause and key(program.unit) not in run.lines:
            alone = _run(program, execute, options, alone=True)
            runs[key(program.unit)] = replace(alone, note=ALONE) if alone.cause is None else run
    return runs


def _run(program: Program, execute: Executor, options: Options, *, alone: bool = False) -> Run:
    asked = program.unit.block.directive.options
    seconds = float(asked.get("timeout") or options.seconds)
    network = options.network or "network" in asked
    attempt = execute.execute(program, seconds=seconds, network=network, alone=alone)
    lines: Lines = {}
    for path, seen in attempt.ended.said.get("lines", {}).items():
        for origin in (attempt.layout.origin(path, line) for line in seen):
            if origin is not None:
                lines.setdefault(key(origin[0]), set()).add(origin[1])
    told, owner = attempt.found or (None, None)
    output = attempt.layout.retold(attempt.ended.output)
    return Run(told, owner, attempt.duration, output, attempt.ended.isolation, lines)
