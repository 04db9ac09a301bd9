from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skillcheck import cli

BAD = "---\nname: other\ndescription: Adds numbers. Use when numbers have to be added.\n---\n# Adding\n\n[x](gone.md)\n"
Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "skills/adding").mkdir(parents=True)
    (tmp_path / "skills/adding/SKILL.md").write_text(BAD)
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)


def codes(*arguments: str) -> list[str]:
    return [each["code"] for each in json.loads(call("check", "--format", "json", *arguments).output)["findings"]]


def test_rules_are_selected_and_ignored_by_the_call(project: Path) -> None:
    assert codes() == ["SK113", "SK401"]
    assert codes("--select", "SK1") == ["SK113"]
    assert codes("--select", "sk1, SK4", "--ignore", "SK401") == ["SK113"]
    assert codes("--select", "SK113", "--select", "SK4", "--ignore", "SK7", "--ignore", "SK8") == ["SK113", "SK401"]
    (project / "skillcheck.toml").write_text('select = ["SK1"]\nignore = ["SK113"]\n')
    assert codes() == []
    assert codes("--select", "SK4") == ["SK401"]
    assert codes("--select", "SK", "--ignore", "SK4") == []


@pytest.mark.parametrize("code", ["E501", "SK999"])
def test_what_begins_no_code_is_a_wrong_call(code: str) -> None:
    done = call("check", "--select", code)
    assert done.exit_code == 2
    assert f"'{code}' is the beginning of no code; codes begin with SK" in done.output


def test_a_report_may_go_to_a_file(project: Path) -> None:
    done = call("check", "--format", "sarif", "--output", "out.sarif")
    assert (done.exit_code, done.output) == (1, "")
    assert json.loads((project / "out.sarif").read_text())["version"] == "2.1.0"


def test_a_file_that_cannot_be_written_is_a_wrong_call() -> None:
    done = call("check", "--output", "nowhere/out")
    assert done.exit_code == 2
    assert "nowhere/out cannot be written: No such file or directory" in done.output


def test_a_run_may_end_well_whatever_is_found() -> None:
    done = call("check", "--exit-zero")
    assert (done.exit_code, "SK113" in done.output) == (0, True)


def test_findings_are_counted() -> None:
    assert "     1  SK113  error    name-mismatch\n" in call("check", "--statistics").output


def test_a_github_job_gets_a_summary(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = project / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert "::error " in call("check", "--format", "github").output
    assert summary.read_text().startswith("before\n## skillcheck\n")
    call("check")
    assert summary.read_text().count("## skillcheck") == 1


@pytest.mark.parametrize(("variable", "value", "coloured"), [("FORCE_COLOR", "1", True), ("FORCE_COLOR", "", False)])
def test_colour_can_be_forced(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, *, coloured: bool) -> None:
    monkeypatch.setenv(variable, value)
    assert ("\x1b[31m" in call("check").output) is coloured


def test_known_findings_are_not_told_until_they_are_gone(project: Path) -> None:
    skill = project / "skills/adding/SKILL.md"
    assert call("check", "--write-baseline").exit_code == 0
    known = project / "skillcheck-baseline.json"
    assert [each["code"] for each in json.loads(known.read_text())["findings"]] == ["SK113", "SK401"]
    assert call("check").exit_code == 1
    (project / "skillcheck.toml").write_text('baseline = "skillcheck-baseline.json"\n')
    assert call("check").exit_code == 0
    skill.write_text(BAD.replace("# Adding", "New text.\n\n# Adding") + "\n[y](lost.md)\n")
    assert codes() == ["SK401"]
    skill.write_text(BAD.replace("name: other", "name: adding"))
    done = call("check", "skills")
    assert done.exit_code == 0
    assert "note: baseline: SK113 in skills/adding/SKILL.md is gone; take it out with --write-baseline\n" in done.output
    assert "is gone" not in call("check", "--write-baseline").output
    assert [each["code"] for each in json.loads(known.read_text())["findings"]] == ["SK401"]


def test_a_named_baseline_has_to_be_there(project: Path) -> None:
    done = call("check", "--baseline", "none.json")
    assert done.exit_code == 2
    assert "none.json: the baseline cannot be read" in done.output
    assert call("check", "--baseline", "none.json", "--write-baseline").exit_code == 0
    assert call("check", "--baseline", "none.json").exit_code == 0
    (project / "none.json").write_text("{")
    assert "none.json:1:2: the baseline is not JSON" in call("check", "--baseline", "none.json").output
