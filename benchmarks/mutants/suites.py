"""Mutants → those that a suite of tests notices."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
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
"""A test that takes longer waits for something, and is believed only if it fails twice, and not without the mistake."""


def noticed(
    sessions: Sessions, baseline: Baseline, mutants: Sequence[Mutant], budget: float, say: Callable[[str], None]
) -> Iterator[Verdict]:
    """Yield a verdict for each mutant that breaks a test.

    Of those that execute it as many are tried as take `budget` seconds, and for half as long others that rest on it.
    """
    selection = Selection.of(baseline.tests, sessions.files)
    _control(sessions, baseline)
    left = {mutant.key: mutant for mutant in mutants if mutant.unit.path}
    given: dict[str, frozenset[str]] = {}
    stages = [(seconds, selection.chosen) for seconds in sorted({min(FIRST, budget), budget})]
    for seconds, choose in (*stages, (budget / 2, selection.others)):
        tasks = []
        for mutant in left.values():
            chosen = _within(choose(mutant), seconds)
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
    """Yield what the sessions notice; what may be the machine's doing, if it comes again, and only with the mistake."""
    doubtful: list[Task] = []
    for task, said in sessions.run(tasks, baseline.preload, chunk=CHUNK):
        found = _verdict(mutants[task.id], said)
        if found and _is_doubtful(found, baseline):
            doubtful.append(_again(task, found.by, baseline))
        elif found:
            yield found
    controls = {_control_of(task).id: _control_of(task) for task in doubtful}
    ended = sessions.run([*controls.values(), *doubtful], baseline.preload, chunk=CHUNK)
    gave = {task.id: said for task, said in ended}
    for task in doubtful:
        mutant = mutants[task.id]
        if _verdict(mutant, gave[_control_of(task).id]) is None and (found := _verdict(mutant, gave[task.id])):
            yield found


def _is_doubtful(found: Verdict, baseline: Baseline) -> bool:
    return found.fate is Fate.TIMEOUT or baseline.seconds.get(found.by, 0.0) > QUICK


def _again(task: Task, by: str, baseline: Baseline) -> Task:
    """Return the task with the test that noticed alone, with all of them where it was none of them."""
    module = next((test.module for test in baseline.tests if test.name == by), None)
    return replace(task, tests={by: baseline.seconds[by]}, modules=(module,)) if module else task


def _control_of(task: Task) -> Task:
    tests = hashlib.sha256("\0".join(task.tests).encode()).hexdigest()[:12]
    return replace(task, id=f"control-{tests}", files={})


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
