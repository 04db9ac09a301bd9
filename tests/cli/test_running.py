"""Calls that run blocks: what is said, where, and what is remembered."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.calling import GOOD, call

from skillcheck import cli

Project = Callable[..., Path]


def test_blocks_are_run(project: Project) -> None:
    root = project()
    done = call("run", "-j", "1", "--format", "json")
    assert done.exit_code == 0
    (result,) = json.loads(done.output)["results"]
    assert (result["level"], result["outcome"], result["line"]) == ("covered", "passed", 7)
    (root / "skills/adding/SKILL.md").write_text(GOOD.replace("1 + 2", "one + 2"))
    done = call("run", "skills/adding")
    assert done.exit_code == 1
    assert "skills/adding/SKILL.md:8:7: error[SK802] `one` is not bound\n" in done.output


def test_an_environment_that_cannot_be_made_is_a_finding(project: Project) -> None:
    project()
    done = call("run", "-r", "nothing-of-that-name")
    assert done.exit_code == 1
    assert "--requirement:1:1: error[SK820] `nothing-of-that-name` cannot be installed: " in done.output
    assert call("run", "--python", "/nowhere/python").exit_code == 1


def test_what_is_installed_is_told_on_standard_error(project: Project) -> None:
    project()
    done = call("run", "-r", "nothing-of-that-name")
    assert done.stderr == (
        "adding: installing for its blocks, from the package index:\n"
        "  nothing-of-that-name  --requirement:1:1 command line\n"
    )
    assert call("run").stderr == ""
    done = call("run", "-r", "nothing-of-that-name", "--no-install")
    assert (done.exit_code, done.stderr) == (0, "")


def test_what_was_measured_is_remembered_until_it_is_forgotten(project: Project) -> None:
    project()
    assert call("cache", "clear").exit_code == 0
    first = call("run", "skills")
    assert first.exit_code == 0
    told = call("cache", "info").output
    assert told.endswith(" bytes\n")
    assert ": 0 results" not in told
    assert call("run", "skills").output == first.output
    assert call("run", "--no-cache", "skills").exit_code == 0
    assert call("cache", "clear").output.endswith(" results forgotten\n0 answers forgotten\n0 starts forgotten\n")
    told = call("cache", "info").output
    assert ": 0 results, 0 bytes\n" in told
    assert "/answers: 0 answers, 0 bytes\n" in told
    assert told.endswith("/patterns: 0 starts, 0 bytes\n")


def test_less_isolation_than_is_asked_for_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    assert call("run", "--require-isolation", "namespaces+landlock+seccomp", "skills").exit_code == 0
    monkeypatch.setattr(cli, "isolation", lambda: ("landlock",))
    assert call("run", "--require-isolation", "process", "skills").exit_code == 0
    refused = call("run", "--require-isolation", "landlock+seccomp", "skills")
    assert refused.exit_code == 2
    assert refused.output.endswith("Error: programs would be held by landlock here, not by seccomp\n")
    monkeypatch.setattr(cli, "isolation", tuple)
    assert "by limits alone here" in call("run", "--require-isolation", "landlock+seccomp", "skills").output


def test_evidence_is_asked_for(project: Project) -> None:
    project()
    done = call("evidence", "skills/adding")
    assert done.exit_code == 1
    assert "error[SK707] the skill has no EVIDENCE.json, so nothing says what of it was proven" in done.output
    assert call("evidence", "--rerun", "skills/adding").exit_code == 1


class Terminal:
    """A stream that says that it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_progress_in_one_line(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project()
    monkeypatch.setenv("COLUMNS", "20")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(SystemExit) as ended:
        cli.skillcheck(["run"], standalone_mode=False)
    assert ended.value.code == 0
    assert terminal.text.startswith("\r\x1b[Kadding: installing \r\x1b[K")
    assert terminal.text.endswith("\r\x1b[K")


@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("NO_COLOR", False)])
def test_a_terminal_sees_colours_unless_it_says_no(
    project: Project, monkeypatch: pytest.MonkeyPatch, variable: str, *, coloured: bool
) -> None:
    project({})
    monkeypatch.delenv("NO_COLOR", raising=False)
    if variable:
        monkeypatch.setenv(variable, "")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(SystemExit):
        cli.skillcheck(["check"], standalone_mode=False)
    assert ("\x1b[" in terminal.text) is coloured
