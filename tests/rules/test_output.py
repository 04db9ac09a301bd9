"""What blocks print otherwise than they say."""

from __future__ import annotations

import pytest

from skillcheck.model import Block, Expectation, Form, Level, Mismatch, Outcome, Place, Result, Role, Severity, Unit
from skillcheck.rules import judge

PLACE = Place("skills/forms/SKILL.md", 7)
BLOCK = Block("skills/forms/SKILL.md", 0, "python", "python", "print(1)\n", 8, 1, PLACE)
STALE = (
    "SK871",
    "`1` is printed, expected `2`",
    "correct the comment; `skillcheck run --update` writes what is printed",
)
UNSTEADY = (
    "SK872",
    "`1` is printed, expected `2`, and another run prints something else again",
    "write `...` for what changes, or have the block print the same each time",
)


@pytest.mark.parametrize(
    ("form", "steady", "expected"),
    [
        (Form.LINES, True, []),
        (Form.LINES, False, [UNSTEADY]),
        (Form.FENCE, False, [UNSTEADY]),
        (Form.REMARK, True, [STALE]),
        (Form.REMARK, False, []),
    ],
)
def test_what_does_not_fail_is_a_warning(form: Form, steady: bool, expected: list[object]) -> None:  # noqa: FBT001
    told = Mismatch(Expectation(form, Place(PLACE.path, 9, 3, 9), "2", 9), "1\n", 9, "2", "1", "1", steady)
    result = Result("forms", Unit(BLOCK, Role.SCRIPT, "python"), Level.RAN, Outcome.PASSED, mismatches=(told,))
    findings = [*judge([result])]
    assert [(found.code, found.message, found.fix) for found in findings] == expected
    assert all(found.severity is Severity.WARNING for found in findings)
    assert all(found.place == Place(PLACE.path, 9, 3) for found in findings)
