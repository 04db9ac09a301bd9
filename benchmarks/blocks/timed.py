"""A process of `skillcheck run` that times its own stages: arguments → the seconds of each, as JSON.

Called as `python -m benchmarks.blocks.timed BEGIN OUTPUT ARGUMENT...`, where BEGIN is the monotonic time at which the
caller started it.
"""

from __future__ import annotations

import sys
import time

STARTED = time.perf_counter()  # before any other import: these belong to no stage of skillcheck

import functools  # noqa: E402
import importlib  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
import threading  # noqa: E402
from collections import defaultdict  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import contextmanager, suppress  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, Final  # noqa: E402

STAGES: Final = {
    "configuration": ("skillcheck.checking:find",),
    "load": ("skillcheck.verify:load",),
    "blocks and programs": ("skillcheck.verify.proving:units", "skillcheck.verify.proving:programs"),
    "requirements": ("skillcheck.verify.proving:requirements",),
    "environment": ("skillcheck.verify.proving:prepare",),
    "warm process: start, preload, end": ("skillcheck.runner.prove:run_all",),
    "what a preload lends": ("skillcheck.runner.executing:_innocent",),
    "probe (names, imports, calls)": ("skillcheck.runner.running:Work.read",),
    "runs": ("skillcheck.runner.running:Work.run",),
    "results and coverage": ("skillcheck.verify.proving:prove", "skillcheck.verify.proving:covered"),
    "tests": ("skillcheck.verify.proving:run_suite",),
    "judging": ("skillcheck.verify:judged", "skillcheck.verify:report", "skillcheck.verify:finished"),
    "report": ("skillcheck.answer:render",),
}
"""The functions that are a stage, where their callers look them up; a stage within a stage counts for itself alone."""

CALLS: Final = {
    "jobs in the warm process": "skillcheck.runner.warm:Warm.run",
    "jobs in a process of their own": "skillcheck.runner.sandbox:Sandbox.run",
}
"""The methods whose calls are counted on all threads, each with the seconds it took, waiting included."""


class Clock:
    """Credits time to the innermost stage: seconds of wall, of own CPU, and of children that were waited for."""

    def __init__(self) -> None:
        """Begin now, in no stage."""
        self.calls: dict[str, list[float]] = {}
        self.spent: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        self._open = ["the rest"]
        self._last = _now()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Credit what happens inside to `name`."""
        self._credit()
        self._open.append(name)
        try:
            yield
        finally:
            self._credit()
            self._open.pop()

    def _credit(self) -> None:
        now = _now()
        of = self.spent[self._open[-1]]
        for index, (late, early) in enumerate(zip(now, self._last, strict=True)):
            of[index] += late - early
        self._last = now

    def wrap(self, name: str, where: str) -> bool:
        """Time the function at `where` as the stage `name`; False where there is none."""

        def around(function: Callable[..., Any], *arguments: object, **named: object) -> object:
            if threading.current_thread() is not threading.main_thread():
                return function(*arguments, **named)
            with self.stage(name):
                return function(*arguments, **named)

        return replaced(where, around)

    def count(self, name: str, where: str) -> bool:
        """Note how long each call of the method at `where` takes; False where there is none."""
        taken = self.calls[name] = []

        def around(function: Callable[..., Any], *arguments: object, **named: object) -> object:
            begin = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                taken.append(time.perf_counter() - begin)

        return replaced(where, around)


def replaced(where: str, around: Callable[..., object]) -> bool:
    """Put `around` about the function at `where`, `module:name` or `module:Class.name`; False where there is none."""
    module, _, path = where.partition(":")
    *holders, attribute = path.split(".")
    try:
        holder = functools.reduce(getattr, holders, importlib.import_module(module))
        function: Callable[..., Any] = getattr(holder, attribute)
    except (ImportError, AttributeError):
        return False

    @functools.wraps(function)
    def wrapped(*arguments: object, **named: object) -> object:
        return around(function, *arguments, **named)

    setattr(holder, attribute, wrapped)
    return True


def main(begin: float, output: Path, arguments: list[str]) -> None:
    """Run `skillcheck` with `arguments` and write what each stage took to `output`."""
    clock = Clock()
    with clock.stage("imports of skillcheck"):
        command = importlib.import_module("skillcheck.cli").skillcheck
        absent = [where for name, places in STAGES.items() for where in places if not clock.wrap(name, where)]
        absent += [where for name, where in CALLS.items() if not clock.count(name, where)]
    with suppress(SystemExit), clock.stage("the rest"):
        command(arguments, standalone_mode=False)
    sys.stdout.flush()
    stages = {"start-up of Python": [STARTED - begin, 0.0, 0.0], **clock.spent}
    ended = time.perf_counter()
    told = {"stages": stages, "calls": clock.calls, "absent": absent, "ended": ended}
    output.write_text(json.dumps(told), encoding="utf-8")


def _now() -> tuple[float, float, float]:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time(), children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main(float(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
