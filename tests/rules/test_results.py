"""What runs gave, told by one rule for each kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillcheck.model import (
    Block,
    Cause,
    CauseKind,
    Cell,
    Coverage,
    Drift,
    DriftKind,
    Level,
    Outcome,
    Place,
    Releases,
    Result,
    Role,
    Severity,
    Unit,
)
from skillcheck.model import (
    TestFailure as Failure,
)
from skillcheck.model import (
    TestOutcome as Ending,
)
from skillcheck.model import (
    TestRun as Session,
)
from skillcheck.rules import judge

PLACE = Place("skills/forms/SKILL.md", 7)
BLOCK = Block("skills/forms/SKILL.md", 0, "python", "python", "fill()\n", 8, 1, PLACE)
PASSED = Result("forms", Unit(BLOCK, Role.SCRIPT, "python"), Level.RAN, Outcome.PASSED)
RUN = Session("forms", Place("tests/skills/forms"), passed=2)

CODES = {
    CauseKind.SYNTAX: "SK801",
    CauseKind.UNBOUND_NAME: "SK802",
    CauseKind.MISSING_MODULE: "SK803",
    CauseKind.MISSING_ATTRIBUTE: "SK804",
    CauseKind.UNDECLARED: "SK805",
    CauseKind.EXCEPTION: "SK806",
    CauseKind.EXPECTED_EXCEPTION: "SK807",
    CauseKind.TIMEOUT: "SK808",
    CauseKind.LIMIT: "SK809",
    CauseKind.NETWORK: "SK810",
    CauseKind.SIGNAL: "SK811",
    CauseKind.EXIT: "SK812",
    CauseKind.BLOCKED: "SK813",
    CauseKind.ENVIRONMENT: "SK814",
    CauseKind.OUTPUT: "SK821",
    CauseKind.NOT_INSTALLED: "SK815",
    CauseKind.INTERPRETER: "SK816",
    CauseKind.CACHE: "SK817",
    CauseKind.NOT_AWAITED: "SK818",
    CauseKind.SURROUNDINGS: "SK819",
}


MILDER = {
    CauseKind.BLOCKED: Severity.NOTE,
    CauseKind.NOT_INSTALLED: Severity.WARNING,
    CauseKind.NETWORK: Severity.WARNING,
    CauseKind.SURROUNDINGS: Severity.WARNING,
}


@pytest.mark.parametrize("kind", CauseKind)
def test_each_cause_is_told_by_one_rule(kind: CauseKind) -> None:
    cause = Cause(kind, replace(PLACE, line=8), "`fill` is bound by nothing", "import it")
    (finding,) = judge([replace(PASSED, outcome=Outcome.FAILED, causes=(cause,))])
    assert (finding.code, finding.place, finding.message, finding.fix) == (
        CODES[kind],
        cause.place,
        cause.fact,
        cause.remedy,
    )
    assert finding.severity is MILDER.get(kind, Severity.ERROR)


def test_a_block_that_passed_is_not_told() -> None:
    assert list(judge([PASSED])) == []


@pytest.mark.parametrize(
    ("executed", "missing", "outcome", "told"),
    [
        (9, 1, Outcome.PASSED, False),
        (8, 2, Outcome.PASSED, True),
        (8, 2, Outcome.FAILED, False),  # its failure says it already
        (0, 0, Outcome.PASSED, False),
    ],
)
def test_uncovered_lines(executed: int, missing: int, outcome: Outcome, *, told: bool) -> None:
    coverage = Coverage(frozenset(range(executed)), frozenset(range(100, 100 + missing)))
    found = list(judge([replace(PASSED, coverage=coverage, outcome=outcome)]))
    assert [finding.code for finding in found] == ["SK861"] * told
    if told:
        message = "80 % of the block's lines ran, expected 90 %; line 100, 101 never did"
        assert (found[0].message, found[0].place, found[0].severity) == (message, PLACE, Severity.WARNING)


@pytest.mark.parametrize(
    ("run", "code", "message"),
    [
        (replace(RUN, skipped=1), "SK852", "1 of the skill's tests are skipped, 2 passed"),
        (replace(RUN, error="no module named pytest"), "SK853", "the tests could not be run: no module named pytest"),
    ],
)
def test_test_runs(run: Session, code: str, message: str) -> None:
    (finding,) = judge([run])
    assert (finding.code, finding.message, finding.place) == (code, message, RUN.place)


@pytest.mark.parametrize(
    ("outcome", "message", "told"),
    [
        (Ending.FAILED, "def test():\nE assert 1 == 2\n", "the test test_fill ends as failed: E assert 1 == 2"),
        (Ending.ERROR, "", "the test test_fill ends as error: error"),
        (Ending.SKIPPED, "no form", None),
    ],
)
def test_failing_tests(outcome: Ending, message: str, told: str | None) -> None:
    failure = Failure("test_fill", outcome, message, Place("tests/skills/forms/test_fill.py", 3))
    found = list(judge([replace(RUN, failures=(failure,))]))
    assert [(finding.code, finding.message, finding.place) for finding in found] == (
        [("SK851", told, failure.place)] if told else []
    )


@pytest.mark.parametrize(
    ("drift", "code", "message"),
    [
        (
            Drift(DriftKind.STALE, "a.py", PLACE, "--- a.py\n+++ a.py\n@@ -1 +1 @@\n-old()\n+new()\n"),
            "SK701",
            "a.py is not what the block says: -old()",
        ),
        (Drift(DriftKind.STALE, "a.py", PLACE), "SK701", "a.py is not what the block says"),
        (Drift(DriftKind.MISSING, "a.py", PLACE), "SK702", "a.py does not exist, the block was never extracted"),
        (
            Drift(DriftKind.MARKETPLACE, "marketplace.json", PLACE),
            "SK530",
            "marketplace.json is not what the skills and the configuration say",
        ),
        (Drift(DriftKind.ORPHAN, "a.py", PLACE), "SK703", "a.py belongs to no block of the skill"),
    ],
)
def test_drift(drift: Drift, code: str, message: str) -> None:
    (finding,) = judge([drift])
    assert (finding.code, finding.message, finding.place) == (code, message, PLACE)


CELL = Cell("forms", Place("skills/forms"), "3.12.1", Releases.LOWEST, ("a==1",), (PASSED,), (RUN,))


def test_a_cell_that_passes_is_silent() -> None:
    assert list(judge([CELL])) == []
    assert not CELL.failed


def test_a_cell_tells_what_fails_in_it_alone() -> None:
    cause = Cause(CauseKind.EXCEPTION, replace(PLACE, line=9), "TypeError: f() takes no `x`", "correct it")
    failure = Failure("test_a", Ending.FAILED, "assert", Place("tests/skills/forms/test_a.py", 3))
    broken = Session("forms", Place("tests/skills/forms"), error="no pytest")
    failed = replace(PASSED, outcome=Outcome.FAILED, causes=(cause,))
    cell = replace(CELL, results=(failed,), tests=(replace(RUN, failures=(failure,)), broken))
    where = "with Python 3.12.1 and the lowest releases"
    assert [(finding.code, finding.message) for finding in judge([cell])] == [
        ("SK881", f"{where}: TypeError: f() takes no `x`"),
        ("SK881", f"{where}: the tests could not be run: no pytest"),
        ("SK881", f"{where}: the test test_a fails"),
    ]
    assert cell.failed
    assert list(judge([replace(cell, known=frozenset({cause.place, failure.place, broken.place}))])) == []


def test_a_cell_that_could_not_be_installed_tells_that_alone() -> None:
    (finding,) = judge([replace(CELL, error="error: no\n  solution")])
    assert finding.message.endswith("the requirements cannot be installed: error: no solution")
    assert finding.fix.startswith("declare what it needs more narrowly")
    (finding,) = judge([replace(CELL, releases=Releases.LOCKED, error="the lock lacks a==1")])
    assert finding.fix == "compile the lock anew from what is declared"
    assert replace(CELL, error="no").failed
