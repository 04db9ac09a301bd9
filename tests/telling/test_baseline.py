from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from skillcheck import facts
from skillcheck.model import Block, Finding, Level, Outcome, Place, Report, Result, Role, Severity, Unit
from skillcheck.telling import BadBaselineError, Baseline


def finding(code: str, path: str, fingerprint: str) -> Finding:
    return Finding(code, "name", Severity.ERROR, Place(path), f"message of {code}", "fix", fingerprint=fingerprint)


A, B, RUN = (
    finding("SK401", "a/SKILL.md", "1"),
    finding("SK402", "b/SKILL.md", "2"),
    finding("SK802", "a/SKILL.md", "3"),
)
RAN = Result(
    "a",
    Unit(Block("SKILL.md", 0, "python", "python", "", 1, 1, Place("a/SKILL.md")), Role.SCRIPT, "python"),
    Level.RAN,
    Outcome.PASSED,
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def known(here: Path, *findings: Finding) -> Baseline:
    return Baseline(here).updated(Report(findings=findings, results=(RAN,)), ["."])


def test_what_is_known_is_not_told(here: Path) -> None:
    told = known(here, A).without_known(Report(findings=(A, B)), ["."])
    assert (told.findings, told.notes) == ((B,), ())


def test_what_is_gone_can_be_taken_out(here: Path) -> None:
    told = known(here, A, B).without_known(Report(findings=(A,), notes=("before",)), ["."])
    gone = "baseline: SK402 in b/SKILL.md is gone; take it out with --write-baseline"
    assert told.notes == ("before", gone)


def test_not_everything_that_is_gone_is_named(here: Path) -> None:
    many = [finding("SK401", f"{number}/SKILL.md", str(number)) for number in range(25)]
    notes = known(here, *many).without_known(Report(), ["."]).notes
    assert (len(notes), notes[-1]) == (21, "baseline: 5 more are gone")


@pytest.mark.parametrize(("paths", "gone"), [(["."], [A, B]), (["a"], [A]), (["a/SKILL.md", "c"], [A]), (["aa"], [])])
def test_only_what_was_looked_at_can_be_gone(here: Path, paths: list[str], gone: list[Finding]) -> None:
    assert [each.code for each in known(here, A, B).gone(Report(), paths)] == [each.code for each in gone]


def test_only_a_run_can_miss_what_a_run_finds(here: Path) -> None:
    assert not known(here, RUN).gone(Report(), ["."])
    assert [each.code for each in known(here, RUN).gone(Report(results=(RAN,)), ["."])] == ["SK802"]


def test_an_update_keeps_what_was_not_looked_at(here: Path) -> None:
    updated = known(here, A, B, RUN).updated(Report(), ["a"])
    assert [each.code for each in updated.known] == ["SK802", "SK402"]


def test_what_is_written_is_read(here: Path) -> None:
    baseline = known(here, B, A)
    file = here / "baseline.json"
    for each in (baseline, Baseline(here)):
        file.write_text(each.text())
        assert Baseline.read(file, here) == each
        assert not [*Draft202012Validator(facts.schema("baseline")).iter_errors(json.loads(each.text()))]
    assert [line.count("fingerprint") for line in baseline.text().splitlines()] == [0, 0, 0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n  x", ":2:3: the baseline is not JSON: Expecting property name enclosed in double quotes"),
        ("[]", ": the baseline is not one of version 1: the file: [] is not of type 'object'"),
        ('{"version": 2, "findings": []}', ": the baseline is not one of version 1: version: 1 was expected"),
        ("[" * 100_000, ": the baseline cannot be read: maximum recursion"),
    ],
)
def test_what_is_no_baseline_is_said(here: Path, text: str, said: str) -> None:
    (here / "b.json").write_text(text)
    with pytest.raises(BadBaselineError) as error:
        Baseline.read(here / "b.json", here)
    assert str(error.value).startswith(f"{here / 'b.json'}{said}")


def test_a_device_that_never_ends_is_no_baseline(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.telling.baseline.LARGEST", 9)
    with pytest.raises(BadBaselineError, match="/dev/zero: the baseline cannot be read: it holds more than 9 bytes"):
        Baseline.read(Path("/dev/zero"), here)


def test_a_baseline_that_is_not_there_is_said(here: Path) -> None:
    with pytest.raises(BadBaselineError, match="cannot be read"):
        Baseline.read(here / "b.json", here)
    (here / "b.json").write_bytes(b"\xff")
    with pytest.raises(BadBaselineError, match="cannot be read"):
        Baseline.read(here / "b.json", here)
