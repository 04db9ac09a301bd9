"""What a run, a session of tests or a probe gave → bytes in the cache → the same again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from skillcheck.disk import Cache
from skillcheck.model import Cause, CauseKind, Place, Program, TestRun, Unit
from skillcheck.model.data import Json
from skillcheck.runner.cache.keys import plain_fields
from skillcheck.runner.cache.surroundings import Around
from skillcheck.runner.layout import Key, key

# Failures that come of the text and of what is installed; others may come of load, of time, or of what else runs.
STABLE = frozenset({CauseKind.SYNTAX, CauseKind.UNBOUND_NAME, CauseKind.MISSING_MODULE, CauseKind.MISSING_ATTRIBUTE})
STABLE_TYPES = frozenset(
    {
        *("TypeError", "AttributeError", "AssertionError", "NotImplementedError", "ZeroDivisionError"),
        *("ValueError", "KeyError", "IndexError", "LookupError", "UnicodeDecodeError", "UnicodeEncodeError"),
    }
)

Lines = Mapping[Key, AbstractSet[int]]


@dataclass(frozen=True, slots=True)
class Record:
    """What one run of a program gave; `owner` is the unit at whose line it failed.

    `printed` is what it printed for each of its expectations, `again` the same of another run, if there was one.
    """

    cause: Cause | None = None
    owner: Unit | None = None
    duration: float = 0.0
    output: str = ""
    isolation: tuple[str, ...] = ()
    lines: Lines = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


def remember(cache: Cache, surroundings: Around, name: str, record: Record) -> None:
    """Keep a run that passed, or failed as it will each time, unless the surroundings changed meanwhile."""
    if not _is_stable(record.cause) or record.isolation != surroundings.isolation or not surroundings.steady:
        cache.lose()
        return
    told: dict[str, Json] = {
        "cause": plain_fields(record.cause, {}) if record.cause else None,
        "owner": [*key(record.owner)] if record.owner else None,
        "duration": record.duration,
        "output": record.output,
        "isolation": list(record.isolation),
        "lines": _listed_lines(record.lines),
        "printed": [*record.printed],
        "again": [*record.again],
    }
    cache.put(name, json.dumps(told).encode())


def recall(cache: Cache, name: str, program: Program) -> Record | None:
    """Return the run of `program` that is kept under its key, None without one."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        units = {key(unit): unit for unit in (*program.files, *program.context, program.unit)}
        owner = units[tuple(told["owner"])] if told["owner"] else None
        cause = _cause(told["cause"]) if told["cause"] else None
        lines = _lines(told["lines"])
        record = Record(cause, owner, told["duration"], told["output"], tuple(told["isolation"]), lines)
        return replace(record, printed=tuple(told["printed"]), again=tuple(told["again"]))
    except (LookupError, TypeError, ValueError):
        return None


def remember_tests(cache: Cache, surroundings: Around, name: str, run: TestRun, lines: Lines) -> None:
    """Keep a session of which each test passed, unless the surroundings changed meanwhile."""
    if run.error or run.failures or run.skipped or not run.passed or not surroundings.steady:
        cache.lose()
        return
    told = {"passed": run.passed, "duration": run.duration, "lines": _listed_lines(lines)}
    cache.put(name, json.dumps(told).encode())


def recall_tests(cache: Cache, name: str, skill: str, place: Place) -> tuple[TestRun, dict[Key, set[int]]] | None:
    """Return the session that is kept under its key, and the lines that it executed."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        return TestRun(skill, place, told["passed"], duration=told["duration"]), _lines(told["lines"])
    except (LookupError, TypeError, ValueError):
        return None


def remember_answer(cache: Cache, surroundings: Around, name: str, said: Mapping[str, Json]) -> None:
    """Keep what a probe said, if it came to its end, unless the surroundings changed meanwhile."""
    told = {part: said.get(part) for part in ("parsed", "resolved")}
    ended = said.get("status") == 0 and said.get("isolation") == list(surroundings.isolation)
    if ended and None not in told.values() and surroundings.steady:
        cache.put(name, json.dumps(told).encode())
    else:
        cache.lose()


def recall_answer(cache: Cache, name: str) -> Mapping[str, Any] | None:
    """Return what a probe said that is kept under its key, None without it."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        return {part: told[part] for part in ("parsed", "resolved")}
    except (LookupError, TypeError, ValueError):
        return None


def _is_stable(cause: Cause | None) -> bool:
    if cause is None or cause.kind in STABLE:
        return True
    return cause.kind is CauseKind.EXCEPTION and cause.fact.partition(":")[0] in STABLE_TYPES


def _cause(told: Mapping[str, Any]) -> Cause:
    return Cause(CauseKind(told["kind"]), Place(**told["place"]), told["fact"], told["remedy"])


def _listed_lines(lines: Lines) -> list[Json]:
    return [[document, index, [*sorted(seen)]] for (document, index), seen in lines.items()]


def _lines(told: list[tuple[str, int, list[int]]]) -> dict[Key, set[int]]:
    return {(document, index): set(seen) for document, index, seen in told}
