"""What blocks print otherwise than they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillcheck.model import (
    Block,
    Directive,
    Expectation,
    Form,
    Level,
    Mismatch,
    Outcome,
    Place,
    Result,
    Role,
    Severity,
    Unit,
)
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


OLD = "DeprecationWarning: old() is deprecated, use new()"


@pytest.mark.parametrize(
    ("output", "lines"),
    [
        (f"{PLACE.path}:8: {OLD}\n  old()\n{PLACE.path}:8: {OLD}\n", [8]),
        (f"hello\n{PLACE.path}:8: FutureWarning: it will change\n", [8]),
        (f"{PLACE.path}:8: PydanticDeprecatedSince20: use model_dump\n", [8]),
        (f"{PLACE.path}:8: RemovedIn20Warning: use select()\n", [8]),
        (f"{PLACE.path}:8: UserWarning: slow\n", []),
        (f"{PLACE.path}:7: {OLD}\n{PLACE.path}:9: {OLD}\n", []),
        (f"/usr/lib/python3/x.py:8: {OLD}\n", []),
        (f"say: {PLACE.path}:8: {OLD}\n", []),
    ],
)
def test_what_is_deprecated_is_told_at_its_line(output: str, lines: list[int]) -> None:
    result = Result("forms", Unit(BLOCK, Role.SCRIPT, "python"), Level.RAN, Outcome.PASSED, output=output)
    findings = [*judge([result])]
    assert [(found.code, found.place.line, found.severity) for found in findings] == [
        ("SK873", line, Severity.WARNING) for line in lines
    ]


def test_what_is_deprecated_in_a_file_is_told_at_the_line_of_the_block() -> None:
    output = f"src/app.py:1: {OLD}\n"
    result = Result("forms", Unit(BLOCK, Role.FILE, "python", "src/app.py"), Level.RAN, Outcome.PASSED, output=output)
    (found,) = judge([result])
    assert (found.place.line, found.message) == (8, OLD)


def test_a_long_warning_is_cut() -> None:
    output = f"{PLACE.path}:8: DeprecationWarning: {'x' * 500}\n"
    result = Result("forms", Unit(BLOCK, Role.SCRIPT, "python"), Level.RAN, Outcome.PASSED, output=output)
    (found,) = judge([result])
    assert found.message == f"DeprecationWarning: {'x' * 159}…"


def test_what_is_deprecated_on_purpose_is_not_told() -> None:
    block = replace(BLOCK, directive=Directive(options={"raises": "DeprecationWarning"}))
    output = f"{PLACE.path}:8: {OLD}\n"
    result = Result("forms", Unit(block, Role.SCRIPT, "python"), Level.RAN, Outcome.PASSED, output=output)
    assert [*judge([result])] == []
