"""What others start us by names commands and options that there are."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from skillcheck import cli
from skillcheck.load import directives
from skillcheck.rules import RULES
from skillcheck.rules.pages import pages

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


def parsed(words: list[str]) -> dict[str, Any]:
    """Parse a call as the command would; a wrong one raises."""
    name, *rest = words
    command = cli.skillcheck.commands[name]
    return command.make_context(name, rest).params


@pytest.mark.parametrize("hook", [pytest.param(hook, id=hook["id"]) for hook in HOOKS])
def test_a_hook_calls_what_there_is(hook: dict[str, Any]) -> None:
    program, *words = shlex.split(hook["entry"])
    assert program == "skillcheck"
    parsed(words)
    assert re.search(hook["files"], "skills/a/SKILL.md")
    assert (hook["language"], hook["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize("command", ["check", "run", "verify"])
def test_the_action_calls_what_there_is(command: str) -> None:
    script = "".join(step.get("run", "") for step in STEPS)
    calls = [line.strip() for line in script.splitlines() if line.strip().startswith("skillcheck ")]
    first, second = (parsed(shlex.split(call.replace("$COMMAND", command))[1:])["form"] for call in calls)
    assert (first, second) == ("sarif", "github")


def test_a_wrong_call_would_be_seen() -> None:
    with pytest.raises(click.UsageError):
        parsed(["check", "--sarif"])


def test_the_action_installs_what_it_is_part_of() -> None:
    (install,) = [step for step in STEPS if step.get("name") == "Install skillcheck"]
    line = install["run"].replace("python -m pip install --quiet", "echo")
    told = {
        version: subprocess.run(  # noqa: S603 - our own script
            ["/bin/bash", "-c", line],
            env={"VERSION": version, "GITHUB_ACTION_PATH": "/action"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for version in ("", "1.2")
    }
    assert told == {"": "/action", "1.2": "claude-skillcheck==1.2"}


def test_the_action_calls_with_each_path_and_refuses_other_commands(tmp_path: Path) -> None:
    (prove,) = [step for step in STEPS if step.get("name") == "Prove the skills"]
    fake = tmp_path / "skillcheck"
    fake.write_text('#!/bin/sh\nprintf "%s|" "$@"\necho\n')
    fake.chmod(0o755)

    def told(command: str) -> tuple[int, list[str]]:
        environment = {"PATH": f"{tmp_path}:/bin", "COMMAND": command, "SKILL_PATHS": "a b\n\n$(c)\n", "SARIF": "s"}
        words = ["/bin/bash", "-euo", "pipefail", "-c", prove["run"]]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
        return done.returncode, done.stdout.splitlines()

    assert told("check") == (
        0,
        ["check|--format|sarif|--output|s|--exit-zero|--|a b|$(c)|", "check|--format|github|--|a b|$(c)|"],
    )
    assert told("rules; x") == (2, ["::error::command is 'rules; x', expected check, run or verify"])


def test_nothing_of_the_caller_is_put_into_a_script() -> None:
    assert not [step for step in STEPS if "${{" in step.get("run", "")]


def test_inputs_are_those_that_steps_use() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


def test_the_pages_of_the_rules_are_current() -> None:
    folder = ROOT / "docs/rules"
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert found == dict(pages(RULES)), "`skillcheck rules --markdown docs/rules` writes them; delete what it does not"


# What our own skill on skillcheck names.

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "skills/skillcheck").glob("**/*.md"))]


def test_the_skill_names_rules_that_there_are() -> None:
    named = {pair for text in TEXTS for pair in re.findall(r"`(SK\d{3}) ([a-z-]+)`", text)}
    assert len(named) > 9
    assert named <= {(rule.code, rule.name) for rule in RULES}
    assert {code for text in TEXTS for code in re.findall(r"SK\d{3}", text)} <= {rule.code for rule in RULES}


def test_the_skill_names_every_directive() -> None:
    (table,) = [text for text in TEXTS if "| Comment | Means |" in text]
    said = re.findall(r"^\| `<!-- skillcheck: (\w+)", table, re.MULTILINE)
    assert {*said} == {*directives.FLAGS, *directives._VALUED} - {"hidden", "reason"}


def test_the_skill_calls_what_there_is() -> None:
    calls = {call for text in TEXTS for call in re.findall(r"^skillcheck [^|&>\n]+", text, re.MULTILINE)}
    assert len(calls) > 12
    for call in calls:
        parsed(shlex.split(call)[1:])


def test_the_skill_has_the_version_of_what_it_teaches() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    market = json.loads((ROOT / "marketplace.json").read_text(encoding="utf-8"))
    (listed,) = [entry["version"] for entry in market["plugins"] if entry["name"] == "skillcheck"]
    assert listed == market["version"] == project["project"]["version"]
