"""Results → EVIDENCE.json, and the claims of it that a new run does not reach."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from skillcheck import facts
from skillcheck.evidence import Measured, document, lock_hash, unmet
from skillcheck.model import (
    Block,
    Cause,
    CauseKind,
    Cell,
    Claim,
    Coverage,
    Data,
    Document,
    Environment,
    Evidence,
    Frontmatter,
    Level,
    Outcome,
    Place,
    Releases,
    Result,
    Role,
    Skill,
    Snippet,
    Unit,
)
from skillcheck.model import TestRun as Session

PATH = "skills/forms/SKILL.md"
PLACE = Place(PATH, 7)
BLOCK = Block(PATH, 0, "python", "python", "fill()\n", 8, 1, PLACE)
UNIT = Unit(BLOCK, Role.SCRIPT, "python", snippet="forms.py")
RAN = Result(
    "forms", UNIT, Level.RAN, Outcome.PASSED, duration=1.5, coverage=Coverage(frozenset({8, 9}), frozenset({10}))
)
SKILL = Skill(
    "skills/forms",
    "forms",
    "",
    Frontmatter(Data({"name": "forms"}, {(): PLACE}), PLACE),
    (Document(PATH, "SKILL.md", ""),),
)
SNIPPETS = (Snippet("forms.py", "# forms\nfill()\n", PLACE),)
PYTHON = Environment("python", "3.11.7", lock=("a==1", "b==2"))
NAMES = {PATH: "SKILL.md"}


def made(result: Result = RAN, epoch: int | None = None) -> str:
    measured = Measured((result,), (Session("forms", PLACE, passed=3, skipped=1),), (PYTHON, Environment("")))
    return document(SKILL, measured, SNIPPETS, skillcheck="0.1.0", epoch=epoch)


def test_what_it_says() -> None:
    found = json.loads(made(epoch=1700000000))
    Draft202012Validator(facts.schema("evidence")).validate(found)
    assert (found["date"], found["tests"]) == ("2023-11-14T22:13:20Z", {"passed": 3, "skipped": 1})
    assert found["environments"] == [{"python": "3.11.7", "lock": lock_hash(PYTHON), "distributions": 2}]
    (block,) = found["blocks"]
    assert (block["document"], block["index"], block["level"], block["coverage"]) == ("SKILL.md", 0, "ran", 66.67)
    assert block["sha256"] == hashlib.sha256(b"fill()\n").hexdigest()
    assert block["sha256"] != block["snippet"]["sha256"]


def test_how_long_it_took_is_no_part_of_it() -> None:
    assert made() == made(replace(RAN, duration=9.0))
    assert json.loads(made())["date"] is None


def test_what_never_ran_has_no_coverage() -> None:
    shown = replace(
        RAN, unit=replace(UNIT, role=Role.SHOWN, language=""), level=Level.SHOWN, coverage=None, reason="output"
    )
    (block,) = json.loads(made(shown))["blocks"]
    assert (block["coverage"], block["reason"], block["language"]) == (None, "output", "python")


def test_the_hash_of_a_lock_is_that_of_its_lines() -> None:
    assert lock_hash(PYTHON) != lock_hash(replace(PYTHON, lock=("a==1", "b==3")))


FAILED = replace(
    RAN,
    level=Level.RESOLVED,
    outcome=Outcome.FAILED,
    causes=(Cause(CauseKind.EXCEPTION, PLACE, "`fill` fails", "mend it"),),
)


DATA = replace(RAN, unit=replace(UNIT, role=Role.FILE, language="toml"), level=Level.PARSED, coverage=None)
BROKEN = replace(DATA, level=Level.SHOWN, outcome=Outcome.FAILED, causes=FAILED.causes)


@pytest.mark.parametrize(
    ("claimed", "role", "result", "tested", "told"),
    [
        (Level.RAN, Role.SCRIPT, RAN, True, None),
        (Level.PARSED, Role.SCRIPT, RAN, True, None),
        (Level.COVERED, Role.SCRIPT, RAN, False, None),
        (Level.COVERED, Role.SCRIPT, RAN, True, "is claimed to be `covered`, and is `ran` when it runs here"),
        (Level.RAN, Role.SCRIPT, FAILED, False, "and is `resolved` when it runs here: `fill` fails"),
        (Level.COVERED, Role.FILE, DATA, False, None),
        (Level.COVERED, Role.FILE, DATA, True, "is claimed to be `covered`, and is `parsed` when it runs here"),
        (Level.COVERED, Role.FILE, BROKEN, False, "and is `shown` when it runs here: `fill` fails"),
        (Level.RAN, Role.FILE, RAN, True, "the block is claimed to be a `file`, and is a `script`"),
    ],
)
def test_claims(claimed: Level, role: Role, result: Result, *, tested: bool, told: str | None) -> None:
    place = Place("skills/forms/EVIDENCE.json", 12, 5)
    evidence = Evidence(
        place, claims=(Claim("SKILL.md", 0, role, claimed, place), Claim("gone.md", 0, role, claimed, place))
    )
    found = [fault.fact for fault in unmet(evidence, [result], NAMES, tested=tested)]
    assert len(found) == (told is not None)
    assert told is None or (told in found[0] and found[0].endswith("(skills/forms/EVIDENCE.json:12:5)"))


@pytest.mark.parametrize(
    ("claimed", "result", "tested", "told"),
    [
        (66.67, RAN, True, None),
        (66.68, RAN, True, "is claimed to be covered by 66.68 %, and is by 66.67 % when it runs here"),
        (66.68, RAN, False, None),
        (None, RAN, True, None),
        (50.0, replace(RAN, coverage=None), True, "covered by 50 %, and is by 0 %"),
    ],
)
def test_coverage_is_a_claim(claimed: float | None, result: Result, *, tested: bool, told: str | None) -> None:
    claim = Claim("SKILL.md", 0, Role.SCRIPT, Level.RAN, PLACE, claimed)
    found = [fault.fact for fault in unmet(Evidence(PLACE, claims=(claim,)), [result], NAMES, tested=tested)]
    assert len(found) == (told is not None)
    assert told is None or told in found[0]


def test_the_matrix_is_told_where_it_was_tried() -> None:
    assert "matrix" not in json.loads(made())
    shown = replace(RAN, level=Level.SHOWN, outcome=Outcome.SKIPPED)
    cells = (
        Cell(
            "forms",
            PLACE,
            "3.11.7",
            Releases.LOWEST,
            ("a==1", "b==2"),
            (RAN, RAN, shown),
            (Session("forms", PLACE, 3, 1),),
        ),
        Cell("forms", PLACE, "3.13.0", Releases.NEWEST, error="no solution"),
    )
    found = json.loads(document(SKILL, Measured((RAN,), (), (PYTHON,), cells), SNIPPETS, skillcheck="0.1.0"))
    Draft202012Validator(facts.schema("evidence")).validate(found)
    lowest, newest = found["matrix"]
    assert lowest == {
        "python": "3.11.7",
        "releases": "lowest",
        "lock": lock_hash(PYTHON),
        "passed": True,
        "blocks": {"shown": 1, "ran": 2},
        "tests": {"passed": 3, "skipped": 1},
    }
    assert (newest["python"], newest["passed"], newest["blocks"]) == ("3.13.0", False, {})
