"""Mutants → those that a suite of tests notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.mutants.baseline import Baseline, Test
from benchmarks.mutants.mutate import Mutant
from benchmarks.mutants.selection import Selection
from benchmarks.mutants.sessions import Sessions, Task
from benchmarks.mutants.verdict import Fate, Verdict

CHUNK = 12
FIRST = 3.0
"""Seconds of tests that each mutant is given at first: most are noticed within, and tell which tests notice much."""

CONTROL = 10.0
QUICK = 0.5
"""A test that takes longer waits for something, and is believed only if it fails twice."""


def noticed(
    sessions: Sessions, baseline: Baseline, mutants: Sequence[Mutant], budget: float, say: Callable[[str], None]
) -> Iterator[Verdict]:
    """Yield a verdict for each mutant that breaks a test; no more tests are tried than take `budget` seconds."""
    selection = Selection.of(baseline.tests, sessions.files)
    _control(sessions, baseline)
    left = {mutant.key: mutant for mutant in mutants if mutant.unit.path}
    given: dict[str, frozenset[str]] = {}
    for seconds in sorted({min(FIRST, budget), budget}):
        tasks = []
        for mutant in left.values():
            chosen = _within(selection.chosen(mutant), seconds)
            tests = [test for test in chosen if test.name not in given.get(mutant.key, ())]
            given[mutant.key] = frozenset(test.name for test in chosen)
            tasks += [_task(mutant, tests)] if tests else []
        say(f"{len(tasks)} mutants, {seconds:g} s of tests each")
        for verdict in _confirmed(sessions, baseline, tasks, left):
            mutant = left.pop(verdict.mutant.key)
            selection.noticed[mutant.unit.path or "", verdict.by] += 1
            say(f"{len(left)} left: {mutant.unit.snippet} {mutant.operator} {verdict.fate} by {verdict.by}")
            yield verdict


def _control(sessions: Sessions, baseline: Baseline) -> None:
    """Try the quickest tests without any mistake; raise SystemExit where one fails, for then all would seem noticed."""
    tests = _within(sorted(baseline.tests, key=lambda test: test.seconds), CONTROL)
    modules = tuple(dict.fromkeys(test.module for test in tests))
    task = Task("control", {}, {test.name: test.seconds for test in tests}, modules)
    for _, said in sessions.run([task] if tests else [], baseline.preload, chunk=1):
        failed = [event for event in said["events"] if "failed" in event]
        if failed or said["status"]:
            message = f"without a mistake, status {said['status']}: {failed}"
            raise SystemExit(message)


def _confirmed(
    sessions: Sessions, baseline: Baseline, tasks: Sequence[Task], mutants: Mapping[str, Mutant]
) -> Iterator[Verdict]:
    """Yield what the sessions notice; what a slow test says, once it has said so again."""
    doubtful = []
    modules = {test.name: test.module for test in baseline.tests}
    for task, said in sessions.run(tasks, baseline.preload, chunk=CHUNK):
        found = _verdict(mutants[task.id], said)
        if found and baseline.seconds.get(found.by, 0.0) > QUICK:
            only = {found.by: baseline.seconds[found.by]}
            doubtful.append(Task(task.id, task.files, only, (modules[found.by],)))
        elif found:
            yield found
    for task, said in sessions.run(doubtful, baseline.preload, chunk=CHUNK):
        found = _verdict(mutants[task.id], said)
        if found:
            yield found


def _within(tests: Sequence[Test], budget: float) -> list[Test]:
    spent = 0.0
    chosen: list[Test] = []
    for test in tests:
        spent += test.seconds
        if spent > budget and chosen:
            break
        chosen.append(test)
    return chosen


def _task(mutant: Mutant, tests: Sequence[Test]) -> Task:
    modules = tuple(dict.fromkeys(test.module for test in tests))
    return Task(mutant.key, {mutant.unit.path or "": mutant.text}, {test.name: test.seconds for test in tests}, modules)


def _verdict(mutant: Mutant, said: Mapping[str, Any]) -> Verdict | None:
    events = said["events"]
    failed = next((event["failed"] for event in events if "failed" in event), None)
    started = [event["start"] for event in events if "start" in event]
    if failed:
        return Verdict(mutant, Fate.CAUGHT, "tests", failed)
    if said.get("timeout"):
        return Verdict(mutant, Fate.TIMEOUT, "tests", started[-1] if started else "collection")
    if said["status"] not in {0, 5}:
        return Verdict(mutant, Fate.CAUGHT, "tests", f"pytest ends with {said['status']}")
    return None
