"""Runs, sessions and answers that come back as they were, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skillcheck.disk import Grounds
from skillcheck.model import (
    Cause,
    CauseKind,
    Environment,
    Place,
    Program,
    Unit,
    result,  # whose classes pytest would collect by their names
)
from skillcheck.runner.cache import (
    Around,
    Cache,
    Record,
    around,
    recall,
    recall_answer,
    recall_tests,
    remember,
    remember_answer,
    remember_tests,
)

Programs = Callable[..., Program]

HELD = ("namespaces", "landlock")
NAME = hashlib.sha256(b"a result").hexdigest()
LINES = {("SKILL.md", 1): {12, 13}, ("references/more.md", 0): set[int]()}
TESTS = result.TestRun("demo", Place("tests"), 3, duration=1.5)


def cause(kind: CauseKind, fact: str = "`x` is not bound") -> Cause:
    return Cause(kind, Place("demo/SKILL.md", 12, 3, 12, 4), fact, "bind it")


def record_of(told: Cause | None, owner: Unit | None = None) -> Record:
    return Record(told, owner, 0.25, "out\ud800\x00put", HELD, LINES)


@pytest.mark.parametrize("position", ["unit", "context", "files"])
@pytest.mark.parametrize(
    "told",
    [
        None,
        cause(CauseKind.UNBOUND_NAME),
        cause(CauseKind.SYNTAX),
        cause(CauseKind.MISSING_MODULE),
        cause(CauseKind.MISSING_ATTRIBUTE),
        cause(CauseKind.EXCEPTION, "TypeError: f() takes no argument `title`"),
        cause(CauseKind.EXCEPTION, "AttributeError"),
        cause(CauseKind.EXCEPTION, "AssertionError: 1"),
        cause(CauseKind.EXCEPTION, "KeyError: 'x'"),
    ],
)
def test_passes_and_stable_failures_come_back_as_they_were(
    cache: Cache, here: Around, told: Cause | None, position: str, program_of: Programs
) -> None:
    program = program_of()
    units = {"unit": program.unit, "context": program.context[0], "files": program.files[0]}
    record = record_of(told, units[position] if told else None)
    remember(cache, here, NAME, record)
    assert recall(cache, NAME, program) == record


UNSTABLE = sorted(
    {*CauseKind} - {CauseKind.SYNTAX, CauseKind.UNBOUND_NAME, CauseKind.MISSING_MODULE, CauseKind.MISSING_ATTRIBUTE}
)


@pytest.mark.parametrize("kind", UNSTABLE)
def test_what_may_end_otherwise_is_not_kept(cache: Cache, here: Around, kind: CauseKind, program_of: Programs) -> None:
    for fact in (
        "TimeoutError",
        "the block needs a file that isn't there: FileNotFoundError: x",
        "ConnectionResetError: x",
    ):
        remember(cache, here, NAME, record_of(cause(kind, fact), program_of().unit))
    assert cache.info().entries == 0


def test_a_run_that_was_held_otherwise_is_not_kept(cache: Cache, here: Around) -> None:
    remember(cache, here, NAME, Record(isolation=("landlock",)))
    assert cache.info().entries == 0


def test_nothing_is_kept_of_what_changed_meanwhile(cache: Cache, environment: Environment, tests_folder: Path) -> None:
    found = around(environment, HELD, (tests_folder,))
    (tests_folder / "test_a.py").write_text("a = 2\n", encoding="utf-8")
    remember_tests(cache, found, NAME, TESTS, LINES)
    remember(cache, found, NAME, Record(isolation=HELD))
    assert cache.info().entries == 0


@pytest.mark.parametrize("body", [b"[]", b"{}", b"not json", b'{"owner": ["a", 9], "cause": null}', b"1"])
def test_what_is_no_record_is_a_miss(cache: Cache, body: bytes, program_of: Programs) -> None:
    assert recall(cache, NAME, program_of()) is None
    cache.put(NAME, body)
    assert recall(cache, NAME, program_of()) is None
    assert recall_tests(cache, NAME, "demo", Place("tests")) is None
    assert recall_answer(cache, NAME) is None


def test_sessions_that_passed_come_back_as_they_were(cache: Cache, here: Around) -> None:
    remember_tests(cache, here, NAME, TESTS, LINES)
    assert recall_tests(cache, NAME, "demo", Place("tests")) == (TESTS, LINES)


@pytest.mark.parametrize(
    "run",
    [
        replace(TESTS, error="pytest could not run"),
        replace(TESTS, skipped=1),
        replace(TESTS, passed=0),
        replace(TESTS, failures=(result.TestFailure("a", result.TestOutcome.FAILED, "assert", Place("tests")),)),
    ],
)
def test_sessions_that_did_not_pass_whole_are_not_kept(cache: Cache, here: Around, run: result.TestRun) -> None:
    remember_tests(cache, here, NAME, run, LINES)
    assert cache.info().entries == 0


SAID: Mapping[str, Any] = {"parsed": [{"statements": [[1, 1]]}], "resolved": [{}], "status": 0, "isolation": [*HELD]}


def test_answers_come_back_as_they_were(cache: Cache, here: Around) -> None:
    remember_answer(cache, here, NAME, SAID)
    assert recall_answer(cache, NAME) == {"parsed": SAID["parsed"], "resolved": SAID["resolved"]}


@pytest.mark.parametrize(
    "part", [{"status": 1}, {"status": None}, {"isolation": []}, {"parsed": None}, {"resolved": None}]
)
def test_a_probe_that_did_not_end_well_is_not_kept(cache: Cache, here: Around, part: dict[str, Any]) -> None:
    remember_answer(cache, here, NAME, {**SAID, **part})
    assert cache.info().entries == 0


def test_an_answer_is_not_kept_once_something_changed(cache: Cache, here: Around, environment: Environment) -> None:
    Path(environment.python).write_bytes(b"another interpreter")
    remember_answer(cache, here, NAME, SAID)
    assert cache.info().entries == 0


def lost(cache: Cache, keep: Callable[[Cache], object]) -> bool:
    """Return whether an answer is lost whose results are kept so."""
    noting = replace(cache, grounds=Grounds())
    keep(noting)
    assert noting.grounds
    return noting.grounds.lost


def test_what_is_refused_loses_the_answer(cache: Cache, here: Around, program_of: Programs) -> None:
    passed = record_of(None, program_of().unit)
    assert not lost(cache, lambda noting: remember(noting, here, NAME, passed))
    assert lost(cache, lambda noting: remember(noting, here, NAME, replace(passed, isolation=())))
    assert not lost(cache, lambda noting: remember_tests(noting, here, NAME, TESTS, LINES))
    assert lost(cache, lambda noting: remember_tests(noting, here, NAME, replace(TESTS, skipped=1), LINES))
    assert not lost(cache, lambda noting: remember_answer(noting, here, NAME, SAID))
    assert lost(cache, lambda noting: remember_answer(noting, here, NAME, {**SAID, "status": 1}))
