"""Program → how it ended: warm where that proves as much as cold, cold otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillcheck.model import Cause, File, Program, Unit
from skillcheck.runner.causes import cause
from skillcheck.runner.hazards import Borrowed, borrowed, hazardous, shared
from skillcheck.runner.layout import SKILL, Layout, lay_out, skill_paths, write_bundled
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.warm import Warm

PROBE_SECONDS = 60.0
FEWEST = 4
"""Below so many programs, a warm process costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One execution of a program: how it ended, why it did not pass and whose line that is, and its seconds."""

    layout: Layout
    ended: Ended
    found: tuple[Cause, Unit] | None
    duration: float


@dataclass(frozen=True, slots=True)
class Executor:
    """Executes the programs of one environment; `warm` is None where each gets a process started for it."""

    sandbox: Sandbox
    base: Path
    warm: Warm | None = None
    innocent: frozenset[Borrowed] = frozenset()

    def execute(self, program: Program, *, seconds: float, network: bool, alone: bool = False) -> Attempt:
        """Execute `program`. A failure, and a pass that a warm process could feign, are confirmed in a cold one."""
        sandbox = replace(self.sandbox, limits=replace(self.sandbox.limits, seconds=seconds), network=network)
        extra = {"alone": alone}
        warm = self.warm
        if warm is not None and warm.usable and not network:
            first = _attempt(self.base, program, seconds, lambda folder, job: warm.run(sandbox, folder, job | extra))
            if first.found is None and not hazardous(program, warm.loaded, self.innocent):
                return first
        return _attempt(self.base, program, seconds, lambda folder, job: sandbox.run(folder, job | extra))

    def probe(self, job: Mapping[str, Any], seconds: float, files: Sequence[File] = ()) -> Ended:
        """Have the interpreter read sources and imports, in the warm process if there is one.

        `files` are those of the skill that imports may find.
        """
        sandbox = replace(self.sandbox, limits=Limits(seconds=seconds, memory=8192))
        with private_folder(self.base) as folder:
            write_bundled(folder / SKILL, files)
            wanted = [item | {"path": skill_paths(folder, item.get("folders", ()))} for item in job["wanted"]]
            job = {**job, "wanted": wanted}
            if self.warm is not None and self.warm.usable:
                return self.warm.run(sandbox, folder, job)
            return sandbox.run(folder, job)


@contextmanager
def executor(sandbox: Sandbox, programs: Sequence[Program]) -> Iterator[Executor]:
    """Give what executes `programs`; what it started ends with the context."""
    with ExitStack() as stack:
        base = stack.enter_context(private_folder())
        if len(programs) < FEWEST:
            yield Executor(sandbox, base)
            return
        warm = stack.enter_context(Warm(sandbox, base, shared(programs)))
        yield Executor(sandbox, base, warm, _innocent(sandbox, base, programs, warm.loaded))


def _innocent(sandbox: Sandbox, base: Path, programs: Sequence[Program], loaded: frozenset[str]) -> frozenset[Borrowed]:
    """Return the borrowed submodules that a cold process finds as well."""
    pairs = sorted({pair for program in programs for pair in borrowed(program, loaded)})
    job = {"kind": "probe", "sources": [], "wanted": [], "attributes": pairs}
    if not pairs:
        return frozenset()
    with private_folder(base) as folder:
        found = sandbox.run(folder, job, seconds=PROBE_SECONDS).said.get("attributes", ())
    return frozenset(pair for pair, there in zip(pairs, found, strict=False) if there)


def _attempt(base: Path, program: Program, seconds: float, run: Callable[[Path, dict[str, Any]], Ended]) -> Attempt:
    with private_folder(base) as folder:
        layout = lay_out(folder, program)
        begin = time.perf_counter()
        ended = run(folder, dict(layout.job))
        duration = time.perf_counter() - begin
    return Attempt(layout, ended, cause(program.unit, layout, ended, seconds), duration)
