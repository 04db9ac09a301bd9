"""How a script of JavaScript or TypeScript ended → what that says of its block."""

from __future__ import annotations

import re
from dataclasses import replace

from skillcheck.model import Cause, CauseKind, Unit
from skillcheck.runner.causes import BIND, MAKE_IT_END, at, flooded, killed
from skillcheck.runner.layout import Layout, place
from skillcheck.runner.memory import Run
from skillcheck.runner.sandbox import Ended
from skillcheck.runner.scripts.excuses import REMEDIES, is_announced, lack
from skillcheck.runner.scripts.traces import Raised, raised
from skillcheck.runner.surroundings import SAY_SO

IDLE = 0.1
"""What share of its time a script works at most that waits for a page, or for its next turn."""
TIMER = re.compile(r"\bset(?:Interval|Timeout)\b")
_TOO_LARGE = re.compile(r"\bEFBIG\b")
_OUT_OF_MEMORY = re.compile(r"(?i)heap out of memory|OutOfMemory|allocation failed|could not allocate memory")
_NO_EXPORT = re.compile(r"does not provide an export|Export named .* not found")
_ABORTED = frozenset({4, 5, 6, 11})
"""SIGILL, SIGTRAP, SIGABRT, SIGSEGV: how V8 ends where it gets no more memory."""


def judged(unit: Unit, layout: Layout, ended: Ended, seconds: float) -> Run:
    """Return how the block did: without a cause if it ran to its end, with an `excuse` if it is the fragment of one."""
    if ended.timeout or ended.flood:
        return endless(unit, ended, seconds)
    if ended.status is None or ended.status < 0:
        return _killed(unit, ended)
    error = raised(ended.output, layout) if ended.status else None
    expected = unit.block.directive.options.get("raises")
    if expected:
        return _expected(unit, error, expected)
    if error is not None:
        return _excused(unit, error) or _blamed(unit, *_told(error), error)
    return _exited(unit, ended.status) if ended.status else Run()


def endless(unit: Unit, ended: Ended, seconds: float) -> Run:
    """Return what it says of a block that it had to be stopped."""
    if ended.flood:
        return Run(*flooded(unit))
    if ended.listening:
        served = at(unit, CauseKind.TIMEOUT, f"the block still serves after {seconds:g} s", MAKE_IT_END)
        return Run(*served, excuse="it serves until it is stopped")
    found = at(unit, CauseKind.TIMEOUT, f"the block does not end within {seconds:g} s", MAKE_IT_END)
    waits = ended.worked < seconds * IDLE and TIMER.search(unit.block.text)
    return Run(*found, excuse="it waits, or goes on, until it is stopped" if waits else "")


def _killed(unit: Unit, ended: Ended) -> Run:
    number = -(ended.status or 0)
    if number in _ABORTED and (_OUT_OF_MEMORY.search(ended.output) or not ended.output.strip()):
        return Run(*at(unit, CauseKind.LIMIT, "the block uses more memory than it may", f"use less, {SAY_SO}"))
    return stopped(unit, ended)


def stopped(unit: Unit, ended: Ended) -> Run:
    """Return what it says of a block that a signal ended, or that nobody saw end."""
    if ended.status is None:
        return Run(*at(unit, CauseKind.SIGNAL, "the block ended its own watcher", "do not signal other processes"))
    return Run(*killed(unit, -ended.status))


def _expected(unit: Unit, error: Raised | None, expected: str) -> Run:
    if error is not None and error.type == expected:
        return Run()
    came = f"raises {error.type}" if error else "runs to its end"
    fact = f"the block {came}, but must raise {expected}"
    return Run(*at(unit, CauseKind.EXPECTED_EXCEPTION, fact, "correct the block or its `raises=`"))


def _exited(unit: Unit, status: int) -> Run:
    run = Run(*at(unit, CauseKind.EXIT, f"the block exits with status {status}", "let it end with status 0"))
    return replace(run, excuse="it needs arguments") if "process.argv" in unit.block.text else run


def _excused(unit: Unit, error: Raised) -> Run | None:
    """Return the run with its excuse if the error comes of what the block lacks, or is what it shows."""
    found = lack(unit, error)
    if found is not None:
        kind, what = found
        return replace(_blamed(unit, kind, error.said, f"{REMEDIES[kind]}, {SAY_SO}", error), excuse=f"it needs {what}")
    if is_announced(error):
        return replace(_blamed(unit, *_told(error), error), excuse=f"it shows an error: {error.said}")
    return None


def _told(error: Raised) -> tuple[CauseKind, str, str]:
    if _TOO_LARGE.search(error.told):
        return CauseKind.LIMIT, f"the block writes a larger file than it may: {error.said}", f"write less, {SAY_SO}"
    if error.type == "RangeError" and _OUT_OF_MEMORY.search(error.message):
        return CauseKind.LIMIT, error.said, f"use less memory, {SAY_SO}"
    if error.type == "SyntaxError" and _NO_EXPORT.search(error.message):
        return CauseKind.MISSING_ATTRIBUTE, error.said, "import what the module has"
    if error.type == "ReferenceError":
        return CauseKind.UNBOUND_NAME, error.said, BIND
    return CauseKind.EXCEPTION, error.said, f"correct the block, {SAY_SO}"


def _blamed(unit: Unit, kind: CauseKind, fact: str, remedy: str, error: Raised) -> Run:
    owner = error.unit or unit
    where = place(owner, error.line, error.column) if error.unit else place(unit, unit.block.line)
    return Run(Cause(kind, where, fact, remedy), owner)
