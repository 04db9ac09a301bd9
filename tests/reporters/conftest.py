from __future__ import annotations

import pytest

from skillcheck.model import (
    About,
    Block,
    Cause,
    CauseKind,
    Cell,
    Client,
    Coverage,
    Edit,
    Environment,
    Finding,
    Level,
    Outcome,
    Packed,
    Place,
    Releases,
    Report,
    Requirement,
    Result,
    Role,
    Severity,
    TestFailure,
    TestOutcome,
    TestRun,
    Unit,
)

PATH = "skills/pdf-forms/SKILL.md"


def _result(  # noqa: PLR0913 - what differs from block to block
    line: int,
    language: str,
    role: Role,
    level: Level,
    outcome: Outcome = Outcome.PASSED,
    *,
    causes: tuple[Cause, ...] = (),
    reason: str = "",
    coverage: Coverage | None = None,
    skill: str = "pdf-forms",
) -> Result:
    block = Block("SKILL.md", 0, language, language, "x\n", line + 1, 1, Place(PATH, line))
    unit = Unit(block, role, language)
    return Result(skill, unit, level, outcome, causes, reason, line / 1000, coverage)


@pytest.fixture
def full() -> Report:
    """Return a report in which everything occurs."""
    unbound = Cause(CauseKind.UNBOUND_NAME, Place(PATH, 62, 5), "`request` is not bound", "import it from quart")
    waits = Cause(CauseKind.BLOCKED, Place(PATH, 70), "it needs the block at line 60", "mend that one first")
    return Report(
        skills=("pdf-forms", "other"),
        findings=(
            Finding(
                "SK104",
                "name-mismatch",
                Severity.ERROR,
                Place(PATH, 2, 7),
                "the name is `Pdf`, the folder `pdf-forms`",
                "name it `pdf-forms`",
                (Client.SPEC, Client.CLAUDE_AI),
                "https://agentskills.io/specification#name-field",
                excerpt="name: Pdf",
                fingerprint="0123456789abcdef" * 2,
                edits=(Edit(Place(PATH, 2, 7, 2, 10), "pdf-forms"),),
                safe=False,
            ),
            Finding(
                "SK301", "description-without-when", Severity.WARNING, Place(PATH, 3, 14, 3, 20), "no when", "say it"
            ),
            Finding("SK405", "long-body", Severity.NOTE, Place(PATH), "the body has 612 lines", ""),
        ),
        results=(
            _result(20, "python", Role.FILE, Level.COVERED, coverage=Coverage(frozenset({21, 22, 23}), frozenset())),
            _result(41, "python", Role.SCRIPT, Level.RAN, coverage=Coverage(frozenset({42, 43}), frozenset({45, 44}))),
            _result(60, "python", Role.CONTINUATION, Level.PARSED, Outcome.FAILED, causes=(unbound,)),
            _result(69, "python", Role.CONTINUATION, Level.PARSED, Outcome.BLOCKED, causes=(waits, unbound)),
            _result(1200, "bash", Role.SCRIPT, Level.PARSED, reason="bash is parsed, never run"),
            _result(1300, "", Role.SHOWN, Level.SHOWN, Outcome.SKIPPED, reason="output"),
            _result(1310, "text", Role.SHOWN, Level.SHOWN, Outcome.SKIPPED, reason="output"),
            _result(1320, "python", Role.SHOWN, Level.SHOWN, Outcome.SKIPPED, reason="a template"),
            _result(5, "json", Role.SCRIPT, Level.PARSED, skill="other"),
        ),
        tests=(
            TestRun(
                "pdf-forms",
                Place("tests/skills/pdf-forms"),
                40,
                1,
                (
                    TestFailure(
                        "test_a", TestOutcome.FAILED, "assert 1 == 2", Place("tests/skills/pdf-forms/test_a.py", 3)
                    ),
                ),
                3.25,
            ),
            TestRun("other", Place("tests/skills/other"), error="pytest is not installed"),
        ),
        environments={
            "pdf-forms": Environment("/x/python", "3.11.7", (Requirement("pypdf", Place("r", 1)),), ("pypdf==6.0",)),
            "other": Environment("", error="no interpreter for 3.99"),
        },
        packed=(Packed("pdf-forms", "dist/pdf-forms.zip", 54321, "ab" * 32, 12),),
        verdicts={Client.CLAUDE_CODE: "loads", Client.SPEC: "invalid (1)"},
        about={
            "SK104": About(
                "SK104",
                "name-mismatch",
                Severity.ERROR,
                "The name differs.",
                "Why it **matters**.",
                "https://agentskills.io/specification#name-field",
            )
        },
        notes=("1 distribution will be installed",),
        cells=(
            Cell("pdf-forms", Place("skills/pdf-forms"), "3.11.7", Releases.LOWEST, error="no solution"),
            Cell(
                "pdf-forms",
                Place("skills/pdf-forms"),
                "3.13.0",
                Releases.NEWEST,
                ("pypdf==6.0",),
                (
                    _result(20, "python", Role.FILE, Level.COVERED),
                    _result(60, "python", Role.SCRIPT, Level.RESOLVED, Outcome.FAILED, causes=(unbound,)),
                ),
                (TestRun("pdf-forms", Place("tests/skills/pdf-forms"), 1041),),
            ),
            Cell("other", Place("skills/other"), "3.13.0", Releases.NEWEST),
        ),
    )
