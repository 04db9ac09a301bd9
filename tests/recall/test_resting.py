"""A call is another one if anything is different that its answer rests on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.recall.knowing import SKILL, Change, of, written

from skillcheck import recall
from skillcheck.recall import Call

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Asker = Callable[[pytest.MonkeyPatch], object]


CHANGES: dict[str, Change] = {
    "a skill": written("skills/demo/SKILL.md", SKILL.replace("Text", "Tent")),
    "another file of the skill": written("skills/demo/scripts/run.py"),
    "another skill": written("skills/more/SKILL.md", SKILL),
    "the configuration": written("skillcheck.toml", "ignore = ['SK1']"),
    "the configuration beside the skills": written("skills/pyproject.toml", "[tool.skillcheck]"),
    "the configuration above": written("../pyproject.toml", "[tool.skillcheck]"),
    "a plugin above": written("../.claude-plugin/plugin.json", "{}"),
    "a marketplace above": written(".claude-plugin/marketplace.json", "{}"),
    "the end of the repository": lambda here: (here / ".git").rmdir(),
    "the end of the repository, nearer": lambda here: (here / "skills/.git").mkdir(),
    "our own sources": written("../package/rule.py", "2"),
    "a source of ours that is new": written("../package/rules/new.py", "2"),
    "what is installed": lambda here: sys.path.append(str(here)),
}


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in CHANGES.items()])
def test_with_each_change_it_is_another_call(change: Change, command: str, here: Path) -> None:
    of("skills", command=command).keep(0, "said")
    time.sleep(0.02)  # until the file system's clock has ticked
    change(here)
    assert of("skills", command=command).answer() is None


def test_what_one_command_answered_another_does_not() -> None:
    of("skills").keep(0, "said")
    assert of("skills", command="run").answer() is None


ASKERS: dict[str, Asker] = {
    "the user": lambda patch: patch.setattr(os, "geteuid", lambda: 12345),
    "the group": lambda patch: patch.setattr(os, "getegid", lambda: 12345),
    "the groups": lambda patch: patch.setattr(os, "getgroups", lambda: [12345]),
    "Python": lambda patch: patch.setattr(sys, "version", "4.0"),
    "the names of files": lambda patch: patch.setattr(sys, "getfilesystemencoding", lambda: "ascii"),
    "no colours": lambda patch: patch.setenv("NO_COLOR", "1"),
    "colours": lambda patch: patch.setenv("FORCE_COLOR", "1"),
    "the format of what is kept": lambda patch: patch.setattr(recall, "FORMAT", 99),
}


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("asker", [pytest.param(asker, id=name) for name, asker in ASKERS.items()])
def test_for_another_asker_it_is_another_call(asker: Asker, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of("skills", command=command).keep(0, "said")
    asker(monkeypatch)
    assert of("skills", command=command).answer() is None


def other_kernel() -> list[str | None]:
    return ["another"]


RUNNING: dict[str, Asker] = {
    "a variable": lambda patch: patch.setenv("UV_INDEX_URL", "https://example.com/simple"),
    "a variable less": lambda patch: patch.delenv("PATH"),
    "where tools are found": lambda patch: patch.setenv("PATH", "/elsewhere"),
    "how programs are held": lambda patch: patch.setattr(recall, "kernel", other_kernel),
    "the interpreter": lambda patch: patch.setattr(sys, "executable", "/elsewhere/python"),
    "the environment that we run in": lambda patch: patch.setattr(sys, "prefix", "/elsewhere"),
    "the installation that we run on": lambda patch: patch.setattr(sys, "base_prefix", "/elsewhere"),
    "the folders of the system": lambda patch: patch.setattr(recall, "MACHINE", ("/usr",)),
}


@pytest.mark.parametrize("asker", [pytest.param(asker, id=name) for name, asker in RUNNING.items()])
def test_an_answer_of_run_rests_on_more(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("run", "check"):
        of("skills", command=each).keep(0, "said")
    asker(monkeypatch)
    assert of("skills", command="run").answer() is None
    assert of("skills").answer() is not None


@FEW
@given(name=st.from_regex(r"[A-Z_]{1,8}", fullmatch=True), text=st.text("ab/:", max_size=4))
def test_any_variable_tells_calls_apart_but_those_by_which_shells_count(name: str, text: str) -> None:
    before = of("skills", command="run").key
    with pytest.MonkeyPatch.context() as patch:
        same = os.environ.get(name) == text or name in recall.COUNTING
        patch.setenv(name, text)
        assert (of("skills", command="run").key == before) == same


@pytest.mark.parametrize("name", sorted(recall.COUNTING))
def test_how_deep_a_shell_is_does_not_matter(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of("skills", command="run").key
    monkeypatch.setenv(name, "another")
    assert of("skills", command="run").key == before


def test_a_folder_of_the_system_counts_by_what_is_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(recall, "MACHINE", (str(tmp_path / "bin"),))
    of("skills", command="run").keep(0, "said")
    time.sleep(0.02)
    (tmp_path / "bin/node").touch()
    assert of("skills", command="run").answer() is None


def test_where_the_kernel_does_not_tell_no_run_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "kernel", lambda: None)
    assert Call.of("run", ["skills"]) is None
    assert Call.of("check", ["skills"]) is not None


def test_in_another_folder_it_is_another_call(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of().keep(0, "said")
    assert of().answer()
    monkeypatch.chdir(here / "skills")
    assert of().answer() is None
