"""What others start us by names commands and options that there are."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from skillcheck import cli
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
