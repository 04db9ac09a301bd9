"""A suite of tests → which lines of the project each of them executes, measured once and kept."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.mutants.sessions import Sessions, Task
from benchmarks.mutants.source import FUNCTIONS, named
from skillcheck.model import Unit
from skillcheck.runner.behaviour import is_test

Lines = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Test:
    """A test that passes: its seconds, its module, the lines of each file that it executes here and elsewhere.

    `names` are those that its function names, decorators included.
    """

    name: str
    module: str
    seconds: float
    here: Lines
    there: Lines
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The tests of a suite, and what of others each of its modules imports."""

    tests: tuple[Test, ...]
    preload: tuple[str, ...]

    @property
    def seconds(self) -> dict[str, float]:
        """How long each test takes."""
        return {test.name: test.seconds for test in self.tests}


def modules(folder: Path | None, files: Sequence[Unit]) -> list[str]:
    """Return the test modules of a suite."""
    if folder is None:
        return sorted(unit.path or "" for unit in files if is_test(unit.path or ""))
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py") if is_test(path.name))


def measured(sessions: Sessions, kept: Path, say: Callable[[str], None]) -> Baseline:
    """Measure the modules whose text, project or support differs from what is kept, one session a module."""
    names = modules(sessions.folder, sessions.files)
    known = {name: kept / f"{_key(sessions, name)}.json" for name in names}
    missing = [name for name in names if not known[name].is_file()]
    tasks = [Task(str(number), {}, {}, (name,), measure=True) for number, name in enumerate(missing)]
    kept.mkdir(parents=True, exist_ok=True)
    for task, said in sessions.run(tasks, (), chunk=1):
        name = task.modules[0]
        say(f"measured {name}: {len(said['events'])} events, status {said.get('status')}")
        if not any("finished" in event for event in said["events"]):
            message = f"{name} does not end: {said}"
            raise SystemExit(message)
        known[name].write_text(json.dumps(said["events"]))
    found = {name: json.loads(path.read_text()) for name, path in known.items()}
    tests = [test for name, events in found.items() for test in _tests(name, events, _named(sessions, name))]
    return Baseline(tuple(tests), tuple(sorted(_common(found.values()))))


def _common(sessions: Collection[Sequence[Mapping[str, Any]]]) -> set[str]:
    """Return what all sessions import: what one alone imports may change others."""
    imported = [{name for event in events for name in event.get("modules", ())} for events in sessions]
    return set.intersection(*imported) if imported else set()


def _named(sessions: Sessions, module: str) -> dict[str, frozenset[str]]:
    """Return what each function of a test module names."""
    shown = next((unit.block.text for unit in sessions.files if unit.path == module), "")
    text = shown if sessions.folder is None else (sessions.folder / module).read_text(encoding="utf-8")
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS))
    return {node.name: frozenset(named(node)) for node in functions}


def _tests(module: str, events: Sequence[Mapping[str, Any]], names: Mapping[str, frozenset[str]]) -> list[Test]:
    seconds = {event["ended"]: event["seconds"] for event in events if "ended" in event}
    bad = {event[word] for event in events for word in ("failed", "skipped") if word in event}
    lines: dict[str, dict[str, Lines]] = {"here": {}, "there": {}}
    for event in events:
        if "where" in event:
            found = {name: frozenset(each) for name, each in event["lines"].items()}
            lines[event["where"]][event["test"]] = found
    return [
        Test(
            name,
            module,
            spent,
            lines["here"].get(name, {}),
            lines["there"].get(name, {}),
            names.get(name.rpartition("::")[2].partition("[")[0], frozenset()),
        )
        for name, spent in seconds.items()
        if name not in bad
    ]


def _key(sessions: Sessions, module: str) -> str:
    hashed = hashlib.sha256("\n".join((module, *sessions.environment.lock)).encode())
    for unit in sessions.files:
        hashed.update(f"{unit.path}\0{unit.block.text}\0".encode())
    folder = sessions.folder
    support = [] if folder is None else [path for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".ini"}]
    for path in support:
        if folder and (not is_test(path.name) or str(path.relative_to(folder)) == module):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:24]
