"""Programs of JavaScript, TypeScript and the shell → what running them gave, each in a process of its own."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from skillcheck.model import CauseKind, Environment, Program, Role, Unit
from skillcheck.runner.layout import LONGEST, UNSAFE, Key, Layout, key, merge, write_project
from skillcheck.runner.memory import Memory, Run
from skillcheck.runner.reads import reads
from skillcheck.runner.running import NOT_RUN, Options
from skillcheck.runner.sandbox import Limits, Sandbox, private_folder
from skillcheck.runner.scripts import judging, shell
from skillcheck.runner.scripts.needs import lacking
from skillcheck.runner.scripts.reading import Reading, read
from skillcheck.runner.scripts.runtimes import Runtime, bash, ecmascript
from skillcheck.runner.scripts.straight import traced

ECMASCRIPT = {"javascript": "js", "typescript": "ts"}
SUFFIXES = {"javascript": (".js", ".mjs", ".cjs"), "typescript": (".ts", ".mts", ".cts"), "bash": (".sh", ".bash")}
MARKS = {"javascript": "//", "typescript": "//", "bash": "#!"}
LIMITS = Limits(memory=2048, reserved=False)
SYSTEM = "/usr/local/bin:/usr/bin:/bin"
MODULES = '{"type": "module"}\n'
PACKAGE = "package.json"
DETECTS = "--experimental-detect-module"


def is_asked(unit: Unit, options: Options) -> bool:
    """Whether a directive or the configuration wants the block to be run, not only that it may be."""
    wanted = unit.block.directive.options
    meant = "run" in wanted or wanted.get("level") in {"ran", "covered"}
    expects = unit.language in ECMASCRIPT and "raises" in wanted
    return meant or expects or (unit.language in options.run and wanted.get("level") not in NOT_RUN)


def is_tried(unit: Unit, options: Options) -> bool:
    """Whether the block is run: the shell only where that is asked for."""
    if unit.language == "bash":
        return is_asked(unit, options)
    return unit.language in ECMASCRIPT and unit.block.directive.options.get("level") not in NOT_RUN


def try_all(programs: Sequence[Program], environment: Environment, options: Options) -> dict[Key, Run]:
    """Run the programs, as many at a time as the options say."""
    trials = Trials(environment, options)
    with ThreadPoolExecutor(options.jobs) as pool:
        return dict(zip((key(program.unit) for program in programs), pool.map(trials.run, programs), strict=True))


@dataclass(frozen=True, slots=True)
class Trials:
    """The scripts of one skill, beside the environment of its Python, which their commands find on PATH."""

    environment: Environment
    options: Options
    memories: dict[str, Memory] = field(default_factory=dict)

    def run(self, program: Program) -> Run:
        """Return what running the program gave, or why it was not run."""
        found = self._tried(program)
        self.options.progress(program.unit)
        return found

    def _tried(self, program: Program) -> Run:
        if self.options.cache:
            self.options.cache.lose()  # which runtime stands behind a name on PATH it tells alone, when it is asked
        unit = program.unit
        runtime = bash() if unit.language == "bash" else ecmascript(typed=unit.language == "typescript")
        if isinstance(runtime, str):
            return Run(missing=runtime)
        reading = Reading() if unit.language == "bash" else read(unit.block.text, unit.language)
        lacks = None if unit.language == "bash" else lacking(program, reading, runtime)
        return lacks or self._remembered(program, runtime, reading)

    def _remembered(self, program: Program, runtime: Runtime, reading: Reading) -> Run:
        memory, limits = self._memory(runtime), self._limits(program.unit)
        known = memory.run(program, limits, alone=False)
        if known is not None:
            return known
        run = self._executed(program, runtime, reading, limits)
        memory.keep(program, limits, run, alone=False)
        return run

    def _memory(self, runtime: Runtime) -> Memory:
        if runtime.path not in self.memories:
            tool = (runtime.name, runtime.version, runtime.path)
            network = self.options.network
            self.memories[runtime.path] = Memory.of(self.options.cache, self.environment, network=network, tool=tool)
        return self.memories[runtime.path]

    def _limits(self, unit: Unit) -> Limits:
        return replace(LIMITS, seconds=float(unit.block.directive.options.get("timeout") or self.options.seconds))

    def _executed(self, program: Program, runtime: Runtime, reading: Reading, limits: Limits) -> Run:
        unit = program.unit
        with private_folder() as folder:
            layout = laid_out(folder, program, runtime, reading)
            begin = time.perf_counter()
            with reads(layout.units) as read:
                ended = self._sandbox(folder, unit, runtime, limits).run(folder, layout.job)
                lines = read()
            duration = time.perf_counter() - begin
            merge(lines, layout.lines(traced(folder)))
            if unit.language == "bash":
                found = shell.judged(unit, layout, ended, limits.seconds, folder)
            else:
                found = judging.judged(unit, layout, ended, limits.seconds)
        output = layout.retold(ended.output.replace("file:///", "/"))
        found = _said_of(found, layout, runtime)
        return replace(found, duration=duration, output=output, isolation=ended.isolation, lines=lines)

    def _sandbox(self, folder: Path, unit: Unit, runtime: Runtime, limits: Limits) -> Sandbox:
        variables = {"NO_COLOR": "1", "DENO_DIR": str(folder / shell.HELD)}
        if not self.environment.python:
            variables["PATH"] = SYSTEM  # the interpreter that starts the job is ours, and no command's business
        if unit.language == "bash":
            variables |= shell.prepare(folder)
        network = self.options.network or "network" in unit.block.directive.options
        python = self.environment.python or sys.executable
        return Sandbox(
            python, limits, network, readable=(runtime.path, *self.environment.readable), variables=variables
        )


def _said_of(found: Run, layout: Layout, runtime: Runtime) -> Run:
    """Return the run with no private path in what is told, and the release of the runtime that lacks something."""
    if found.cause is None:
        return found
    fact = layout.retold(found.cause.fact.replace("file:///", "/"))
    is_lacking = found.cause.kind is CauseKind.MISSING_ATTRIBUTE
    remedy = f"import what {runtime.name} {runtime.version} has, or say which it needs" if is_lacking else ""
    return replace(found, cause=replace(found.cause, fact=fact, remedy=remedy or found.cause.remedy))


def laid_out(folder: Path, program: Program, runtime: Runtime, reading: Reading) -> Layout:
    """Write the program below the folder, its block at the Markdown's own lines unless it is a file of the project."""
    unit = program.unit
    units = write_project(folder, program.files)
    own = str(folder / (unit.path or "."))
    as_file = unit.role is Role.FILE and own in units and own.endswith(SUFFIXES[unit.language])
    script = own if as_file else str(folder / _name(unit, reading))
    if not as_file:
        text = shell.commands(unit.block.text) if unit.language == "bash" else unit.block.text
        text = "\n" * (unit.block.line - 1) + re.sub(r"\A#!", MARKS[unit.language], text)
        Path(script).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    if reading.module and runtime.name == "node" and DETECTS not in runtime.flags and not (folder / PACKAGE).exists():
        (folder / PACKAGE).write_text(MODULES, encoding="utf-8")
    job = {"kind": "command", "argv": runtime.command(script), "path": [str(folder)]}
    return Layout(job, units | {script: (unit,)}, frozenset() if as_file else frozenset({script}))


def _name(unit: Unit, reading: Reading) -> str:
    """Return a name for the block's file, which says whether it is a module."""
    document = re.sub(UNSAFE, "_", unit.block.document.removesuffix(".md"))[-LONGEST:]
    kind = "m" if reading.module else "c"
    return f"{document}_block.{'sh' if unit.language == 'bash' else kind + ECMASCRIPT[unit.language]}"
