"""The workflows and the action, as far as they can be tried without GitHub."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from skillcheck import cli

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
WORKFLOWS: dict[str, dict[Any, Any]] = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES}
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
JOBS = [(name, job) for workflow in WORKFLOWS.values() for name, job in workflow["jobs"].items()]
STEPS = [step for _, job in JOBS for step in job["steps"]]
SCRIPTS = [step["run"] for step in (*STEPS, *ACTION["runs"]["steps"]) if "run" in step]


def test_there_are_both() -> None:
    assert set(WORKFLOWS) == {"ci", "release"}


def test_rights_are_given_job_by_job() -> None:
    assert all(workflow["permissions"] == {"contents": "read"} for workflow in WORKFLOWS.values())
    given = {name: job.get("permissions", {}) for name, job in JOBS}
    assert {name: rights for name, rights in given.items() if "write" in rights.values()} == {
        "build": {"contents": "read", "id-token": "write", "attestations": "write"},
        "release": {"contents": "write"},
        "index": {"id-token": "write"},
    }


def test_nothing_is_put_into_a_script_by_the_server() -> None:
    assert not [script for script in SCRIPTS if "${{" in script]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_parse(script: str) -> None:
    subprocess.run(["/bin/bash", "-n", "-c", script], check=True)  # noqa: S603 - ours


def test_every_action_is_of_a_version() -> None:
    used = [step["uses"] for step in (*STEPS, *ACTION["runs"]["steps"]) if "uses" in step]
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w-]+/[\w/-]+@(v\d+|release/v\d+)", use)] == []


def test_what_is_called_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    script = "\n".join(step["run"] for step in STEPS if "run" in step)
    assert set(re.findall(r"^\s*make (\w+)$", script, re.MULTILINE)) <= targets
    assert os.access(ROOT / ".ci/run", os.X_OK)
    for call in re.findall(r"\.venv/bin/skillcheck (.+)$", script, re.MULTILINE):
        name, *rest = shlex.split(call)
        cli.skillcheck.commands[name].make_context(name, rest)


def test_what_is_attested_is_what_is_published() -> None:
    build, release, index = (WORKFLOWS["release"]["jobs"][name]["steps"] for name in ("build", "release", "index"))
    (attested,) = [step["with"]["subject-path"].split() for step in build if "attest" in step.get("uses", "")]
    published = [word for word in shlex.split(release[-1]["run"]) if word.startswith("dist/")]
    assert [*published, f"{index[-1]['with']['packages-dir']}/*"] == attested


@pytest.mark.parametrize(("tag", "status"), [("v{version}", 0), ("v9.9", 1)])
def test_another_tag_is_refused(tag: str, status: int) -> None:
    version = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)[0]
    (step,) = [step for step in STEPS if step.get("name") == "The tag is the version"]
    settled = {"PATH": f"{Path(sys.executable).parent}:/bin:/usr/bin", "GITHUB_REF_NAME": tag.format(version=version)}
    command = ["/bin/bash", "-euo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=ROOT, env=settled, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout.startswith("::error::the tag is v9.9")) == (status, status == 1)


@pytest.mark.parametrize(("name", "status"), [("forms", 0), ("other", 1)])
def test_the_action_annotates_and_leaves_its_report(tmp_path: Path, name: str, status: int) -> None:
    (tmp_path / ".git").mkdir()
    skill = tmp_path / "skills/forms/SKILL.md"
    skill.parent.mkdir(parents=True)
    skill.write_text(f"---\nname: {name}\ndescription: Fills. Use when the user asks to fill a form.\n---\n# F\n\nF.\n")
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Prove the skills"]
    settled = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "COMMAND": "check",
        "SKILL_PATHS": "skills\n",
        "SARIF": "skillcheck.sarif",
    }
    command = ["/bin/bash", "-euo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path, env=settled, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == status
    assert ("::error file=skills/forms/SKILL.md,line=2" in done.stdout) is (status == 1)
    found = json.loads((tmp_path / "skillcheck.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in found] == ["SK113"] * status
    assert "skill" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_the_action_allows_namespaces_where_they_are_kept() -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Allow user namespaces"]
    script = step["run"].replace("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "/dev/null")
    script = f'sudo() {{ echo "$*"; }}\n{script}'
    done = subprocess.run(["/bin/bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "sysctl -q kernel.apparmor_restrict_unprivileged_userns=0\n"
