"""What is asked of a skill without running it, and of the rules: what is said, and the status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.calling import GOOD, call

from skillcheck import checking
from skillcheck.rules import RULES

Project = Callable[..., Path]
Snapshot = Callable[[str, str], None]


def test_a_good_skill_is_clean(project: Project, snapshot: Snapshot) -> None:
    project()
    done = call("check", "skills/adding")
    assert done.exit_code == 0
    snapshot("check-good", done.output)


def test_a_bad_skill_has_findings(project: Project, snapshot: Snapshot) -> None:
    project({"skills/adding/SKILL.md": GOOD.replace("name: adding", "name: Adding!")})
    done = call("check", "skills")
    assert done.exit_code == 1
    snapshot("check-bad", done.output)


def test_what_is_not_there_is_a_finding(project: Project, snapshot: Snapshot) -> None:
    project()
    done = call("check", "nowhere")
    assert done.exit_code == 1
    snapshot("check-missing", done.output)


def test_this_folder_is_the_default(project: Project) -> None:
    project()
    assert call("check").exit_code == 0
    assert json.loads(call("check", "--format", "json").output)["findings"] == []


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_each_format_is_taken(project: Project, form: str) -> None:
    project({})
    done = call("check", "--format", form)
    assert done.exit_code == 1
    assert "SK001" in done.output or "no-skill" in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--format", "xml"), "'xml' is not one of"),
        (("chekc",), "No such command 'chekc'"),
        (("run", "-j", "0"), "0 is not in the range"),
        (("explain",), "Missing argument 'CODE'"),
        (("explain", "SK000"), "no rule has the code or the name 'SK000'; `skillcheck rules` lists them all"),
        (("marketplace",), "no marketplace is configured; name it in [tool.skillcheck.marketplace], with its owner"),
    ],
)
def test_a_wrong_call_has_a_status_of_its_own(project: Project, arguments: tuple[str, ...], said: str) -> None:
    project()
    done = call(*arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_the_configuration_is_that_of_the_first_path(project: Project) -> None:
    files = {"a/skillcheck.toml": 'ignore = ["SK001"]\n', "a/x/note.md": "", "b/note.md": ""}
    project(files)
    assert call("check", "a/x").exit_code == 0
    assert call("check", "b").exit_code == 1
    assert checking.configured(()).root == Path.cwd()


def test_only_what_was_looked_at_has_a_verdict(project: Project) -> None:
    project()
    assert call("check").output.startswith("claude-code: loads · claude-ai: upload taken · spec: valid · ")
    assert not call("run").output.startswith("claude-code")
    assert "takes it" not in call("extract", "skills").output


def test_a_rule_is_explained_by_its_code_or_its_name() -> None:
    rule = next(rule for rule in RULES if rule.name == "name-mismatch")
    for wanted in (rule.code, rule.code.lower(), rule.name, rule.name.upper()):
        done = call("explain", wanted)
        assert done.exit_code == 0
        assert done.output.startswith(f"{rule.code} name-mismatch (error)\n\n{rule.summary}\n")
        assert "Source: https://agentskills.io" in done.output


def test_a_rule_without_source_or_clients_is_explained() -> None:
    rule = next(rule for rule in RULES if not rule.source and not rule.clients)
    assert call("explain", rule.code).output.endswith("\n\nClients: all\n")


def test_the_rules_are_listed() -> None:
    lines = call("rules").output.splitlines()
    assert [line.split()[0] for line in lines] == [rule.code for rule in RULES]
    assert all(rule.summary in line for rule, line in zip(RULES, lines, strict=True))


def test_help_and_version_are_given() -> None:
    assert "Prove Claude skills" in call("-h").output
    assert call("--version").output.startswith("skillcheck, version ")


def test_a_language_server_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    monkeypatch.setattr("skillcheck.language_server.server.Server.start_io", lambda _: started.append(True))
    assert (call("lsp").exit_code, started) == (0, [True])


def test_a_language_server_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "skillcheck.language_server.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    told = call("lsp")
    assert told.exit_code == 2
    assert "`pip install 'claude-skillcheck[lsp]'`" in told.output
