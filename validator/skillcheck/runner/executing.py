"""Program → how it ended: warm where that proves as much as cold, cold otherwise."""

from __future__ import annotations

import math
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from skillcheck.model import Cause, CauseKind, File, Program, Unit
from skillcheck.runner.causes import MAKE_IT_END, cause
from skillcheck.runner.comparing import mismatches
from skillcheck.runner.folders import Folders
from skillcheck.runner.hazards import Borrowed, borrowed, hazardous, is_plain, shared
from skillcheck.runner.layout import SKILL, Layout, Lines, key, lay_out, merge, skill_paths, write_bundled
from skillcheck.runner.reads import reads
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.warm import Warm
from skillcheck.runner.witnesses import Witnesses

Made = TypeVar("Made")
Run = Callable[[Sandbox, Path, Mapping[str, Any]], Ended]
PROBE_SECONDS = 60.0
OTHER_ORDER = {"PYTHONHASHSEED": "1"}
MOST_PATIENCE = 6
PATIENCE = 4
SPARE = 120.0
"""Seconds that all programs of an environment together may take beyond their own time."""
AT_WORK = 0.2
"""What share of its time a program at work gets at least, on a machine that others keep busy."""
_IMPORTED = re.compile(r"(?m)^[ \t]*(?:from|import)[ \t]+(\w+)")
FEWEST = 4
"""Below so many programs, a warm process costs more than it saves."""
MANY = 50
"""Below so many programs that import no more than comes with Python, a small warm process does."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One execution of a program: how it ended, why it did not pass and whose line that is, and its seconds.

    `again` is what another execution printed, where this one did not print what it should; `lines` are the Markdown's
    that were executed, and those of the files of data that were read.
    """

    layout: Layout
    ended: Ended
    found: tuple[Cause, Unit] | None
    duration: float
    again: tuple[str, ...] = ()
    lines: Lines = field(default_factory=dict)

    @property
    def printed(self) -> tuple[str, ...]:
        """What was printed for each expectation."""
        return tuple(self.layout.retold(text) for text in self.ended.said.get("printed", ()))

    @property
    def output(self) -> str:
        """The end of what was written."""
        return self.layout.retold(self.ended.output)


@dataclass(frozen=True, slots=True)
class How:
    """How a program is executed: for how many seconds at most, with the network or without, alone or with its package.

    `foreseen` gives the Markdown lines at which it must fail by what is known of it without running it.
    """

    seconds: float
    network: bool = False
    alone: bool = False
    foreseen: Callable[[], AbstractSet[int]] = frozenset

    def within(self, sandbox: Sandbox) -> Sandbox:
        """Return the sandbox with these limits."""
        return replace(sandbox, limits=replace(sandbox.limits, seconds=self.seconds), network=self.network)

    def foresaw(self, program: Program, found: tuple[Cause, Unit]) -> bool:
        """Whether a failure is what had to come: two witnesses that agree need no third."""
        told, owner = found
        is_own = key(owner) == key(program.unit) and "raises" not in program.unit.block.directive.options
        return is_own and told.place.line in self.foreseen()


@dataclass(slots=True)
class Spare:
    """Seconds that are left for programs which did not end in their own time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Executor:
    """Executes the programs of one environment; `warm` is None where each gets a process started for it.

    `innocent` gives the borrowed submodules that a cold process finds as well.
    `spare` is the time that all of them together may take beyond their own.
    `witness` gives a warm process that imported nothing, or no more than a program does first: a fork of it is as cold
    as a process of its own, at less cost.
    `light` is one for programs that import no more than comes with Python: forks of a small process cost less.
    """

    sandbox: Sandbox
    folders: Folders
    warm: Warm | None = None
    light: Warm | None = None
    innocent: Callable[[], frozenset[Borrowed]] = frozenset
    witness: Callable[[Program], Warm | None] = lambda _: None
    spare: Spare = field(default_factory=lambda: Spare(SPARE))

    def execute(self, program: Program, how: How) -> Attempt:
        """Execute `program`. A failure, and a pass that a warm process could feign, are confirmed in a cold one.

        What prints something unexpected is executed once more, with sets in another order, to see what is steady in it.
        """
        sandbox = how.within(self.sandbox)
        first = self._first(program, sandbox, how)
        if first.ended.timeout and (patience := _patience(program, first.ended, how.seconds)) > 1:
            first = self._again(program, sandbox, how, patience, first)
        if first.found is not None or not mismatches(program, first.printed, (), first.output):
            return first
        other = replace(sandbox, variables={**sandbox.variables, **OTHER_ORDER})
        second = self._attempt(program, other, {"alone": how.alone}, Sandbox.run)
        return replace(first, again=second.printed or ("",) * len(program.expected))

    def _again(self, program: Program, sandbox: Sandbox, how: How, patience: int, first: Attempt) -> Attempt:
        """Return what comes of a program that did not end when it is given more time, if there is any left to give."""
        if self.spare.seconds <= 0:
            return _unended(first, first, how.seconds)
        slow = replace(sandbox, limits=replace(sandbox.limits, seconds=how.seconds * patience))
        again = self._attempt(program, slow, {"alone": how.alone}, Sandbox.run)
        self.spare.seconds -= again.duration
        return _unended(first, again, slow.limits.seconds) if again.ended.timeout else again

    def _first(self, program: Program, sandbox: Sandbox, how: How) -> Attempt:
        extra, warm = {"alone": how.alone}, self.light if self.light and is_plain(program) else self.warm
        if sandbox.network or warm is None or not warm.usable:
            return self._attempt(program, sandbox, extra, Sandbox.run)
        first = self._attempt(program, sandbox, extra, warm.run)
        if first.found is None:
            if not hazardous(program, warm.loaded, self.innocent):
                return first
        elif how.foresaw(program, first.found):
            return first
        return self._confirmed(program, sandbox, extra, first)

    def _confirmed(self, program: Program, sandbox: Sandbox, extra: Mapping[str, Any], first: Attempt) -> Attempt:
        """Return what a cold process gives, or a fork of one that is as cold.

        Which lines a failure executed is known already; to import a framework while lines are recorded takes long. What
        did not end gets a process of its own, whose watcher sees whether it serves.
        """
        witness = None if first.ended.timeout else self.witness(program)
        is_cold = witness is not None and witness.usable and not hazardous(program, witness.loaded, self.innocent)
        run = witness.run if witness is not None and is_cold else Sandbox.run
        if first.found is not None:
            second = self._attempt(program, sandbox, {**extra, "watch": []}, run)
            if run != Sandbox.run and second.found and str(self.folders.base) in second.found[0].fact:
                run = Sandbox.run  # what it imported took the folder of that process for its home
                second = self._attempt(program, sandbox, {**extra, "watch": []}, run)
            if second.found is not None:
                return replace(second, lines=first.lines)
        return self._attempt(program, sandbox, extra, run)

    def _attempt(self, program: Program, sandbox: Sandbox, extra: Mapping[str, Any], run: Run) -> Attempt:
        with self.folders.given() as given:
            layout = lay_out(given.path, program)
            begin = time.perf_counter()
            with reads(layout.units) as watched:
                given.ended = ended = run(sandbox, given.path, {**layout.job, **extra})
                read = watched()
            duration = time.perf_counter() - begin
        found = _found(program.unit, layout, ended, sandbox.limits.seconds)
        return Attempt(layout, ended, found, duration, lines=_lines(layout, ended, read))

    def probe(self, job: Mapping[str, Any], seconds: float, files: Sequence[File] = ()) -> Ended:
        """Have the interpreter read sources and imports, in the warm process if there is one.

        `files` are those of the skill that imports may find.
        """
        sandbox = replace(self.sandbox, limits=Limits(seconds=seconds, memory=8192))
        with private_folder(self.folders.base) as folder:
            write_bundled(folder / SKILL, files)
            wanted = [item | {"path": skill_paths(folder, item.get("folders", ()))} for item in job["wanted"]]
            job = {**job, "wanted": wanted}
            if self.warm is not None and self.warm.usable:
                return self.warm.run(sandbox, folder, job)
            return sandbox.run(folder, job)


def _found(unit: Unit, layout: Layout, ended: Ended, seconds: float) -> tuple[Cause, Unit] | None:
    """Return why a program did not pass, the same each time: without the name of its private folder."""
    found = cause(unit, layout, ended, seconds)
    return found and (replace(found[0], fact=layout.retold(found[0].fact)), found[1])


def _lines(layout: Layout, ended: Ended, read: Lines) -> Lines:
    told = ended.said.get("lines", {})
    lines = layout.lines((path, line) for path, seen in told.items() for line in seen)
    merge(lines, read)
    return lines


def _patience(program: Program, ended: Ended, seconds: float) -> int:
    """Return how many times as long a program may take that imports what is installed.

    That is where others keep the machine busy, and where it was at work itself: it may compile, or train something.
    """
    texts = (segment.text for segment in program.segments)
    roots = {root for text in texts for root in _IMPORTED.findall(text)}
    if roots <= sys.stdlib_module_names or not hasattr(os, "getloadavg"):
        return 1
    own = PATIENCE if _works(ended, seconds) else 1
    return max(own, min(MOST_PATIENCE, math.ceil(os.getloadavg()[0] / (os.cpu_count() or 1))))


def _works(ended: Ended, seconds: float) -> bool:
    """Whether a program used a core for much of its time, which what waits for something does not."""
    return ended.worked > seconds * AT_WORK


def _unended(first: Attempt, again: Attempt, seconds: float) -> Attempt:
    """Return what a program that was given more time, and not enough, is told with: one that works may be right."""
    if again.found is None or not _works(again.ended, seconds):
        return first
    told, owner = again.found
    fact = f"the block needs more time: it is still at work after {seconds:g} s"
    return replace(again, found=(Cause(CauseKind.SURROUNDINGS, told.place, fact, MAKE_IT_END), owner))


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Return what makes a thing when it is first wanted, by whichever thread, and gives the same one from then on."""
    lock = Lock()
    made: list[Made] = []

    def get() -> Made:
        with lock:
            if not made:
                made.append(make())
            return made[0]

    return get


@contextmanager
def executor(sandbox: Sandbox, programs: Sequence[Program]) -> Iterator[Executor]:
    """Give what executes `programs`; what it started ends with the context."""
    with ExitStack() as stack:
        base = stack.enter_context(private_folder())
        if len(programs) < FEWEST or not sandbox.watched:
            yield Executor(sandbox, Folders(base))
            return
        wanted = shared(programs)
        warm = stack.enter_context(Warm(sandbox, base, wanted))
        small = [module for module in wanted if module.partition(".")[0] in sys.stdlib_module_names]
        is_small = len(small) == len(wanted) or sum(map(is_plain, programs)) < MANY
        light = None if is_small else stack.enter_context(Warm(sandbox, base, small))
        witnesses = Witnesses(lambda modules: stack.enter_context(Warm(sandbox, base, modules)))
        innocent = once(lambda: _innocent(sandbox, base, programs, warm.loaded))
        meanwhile = Thread(target=innocent)
        meanwhile.start()
        stack.callback(meanwhile.join)
        yield Executor(sandbox, Folders(base), warm, light, innocent, witnesses.of)


def _innocent(sandbox: Sandbox, base: Path, programs: Sequence[Program], loaded: frozenset[str]) -> frozenset[Borrowed]:
    """Return the borrowed submodules that a cold process finds as well."""
    pairs = sorted({pair for program in programs for pair in borrowed(program, loaded)})
    job = {"kind": "probe", "sources": [], "wanted": [], "attributes": pairs}
    if not pairs:
        return frozenset()
    with private_folder(base) as folder:
        found = sandbox.run(folder, job, seconds=PROBE_SECONDS).said.get("attributes", ())
    return frozenset(pair for pair, there in zip(pairs, found, strict=False) if there)
