"""Which calls are known, what of them is kept, and what is said again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.recall.knowing import SKILL, of, written

import skillcheck.__main__ as command
from skillcheck import recall
from skillcheck.checking import check
from skillcheck.cli import run
from skillcheck.disk import Cache
from skillcheck.recall import Answered, Call, answers

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_what_was_kept_is_answered(here: Path) -> None:
    assert of("skills").answer() is None
    of("skills").keep(1, "said\n")
    assert of("skills").answer() == Answered(1, "said\n")
    assert of("skills", "--format", "json").answer() is None
    assert of("./skills").answer() is None
    assert answers().info().entries == 1
    assert here.is_dir()


@FEW
@given(status=st.integers(0, 255), text=st.text(st.characters(), max_size=60))
def test_any_answer_comes_back_as_it_was(status: int, text: str) -> None:
    of("skills").keep(status, text)
    assert of("skills").answer() == Answered(status, text)


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ([], ["."]),
        (["a", "b"], ["a", "b"]),
        (["--format", "json", "a"], ["a"]),
        (["a", "--format=json", "--statistics"], ["a"]),
        (["--ignore", "SK1", "--select=SK", "--exit-zero"], ["."]),
        (["--format"], ["."]),
        (["--fix"], None),
        (["--no-cache", "a"], None),
        (["--output", "x"], None),
        (["--statistics=1"], None),
        (["--", "a"], None),
        (["-h"], None),
        (["--baseline=x"], None),
    ],
)
def test_only_calls_for_an_answer_are_known(words: list[str], paths: list[str] | None) -> None:
    for each in ("check", "run"):
        assert recall._paths(each, words) == paths
        assert (Call.of(each, words) is None) == (paths is None)


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (["-r", "quart", "a"], ["a"]),
        (["--requirement=quart", "--python", "3.12", "--jobs", "2", "-j", "3", "b"], ["b"]),
        (["-j2"], None),
        (["--no-install"], None),
        (["--no-cache"], None),
        (["--matrix"], None),
        (["--update"], None),
        (["--require-isolation", "process"], None),
    ],
)
def test_of_run_only_calls_for_an_answer_are_known(words: list[str], paths: list[str] | None) -> None:
    assert recall._paths("run", words) == paths
    assert recall._paths("check", words) is None


@pytest.mark.parametrize("command", [check, run])
def test_the_options_are_those_of_the_command(command: click.Command) -> None:
    options = {name: part for part in command.params if isinstance(part, click.Option) for name in part.opts}
    takes_value = recall.TAKES_VALUE[str(command.name)]
    assert all(takes_value[name] == (not options[name].is_flag) for name in takes_value)


def test_what_is_written_elsewhere_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert Call.of("check", ["skills"]) is None


def test_without_a_home_or_a_folder_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Cache:
        raise RuntimeError

    monkeypatch.setattr(recall, "answers", homeless)
    assert Call.of("check", ["skills"]) is None


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("skills", "skills"),
        ("skills/demo/SKILL.md", "skills/demo"),
        ("p/.claude-plugin/plugin.json", "p"),
        ("x.zip", "x.zip"),
        ("nowhere", "nowhere"),
    ],
)
def test_for_a_file_its_folder_is_looked_at(path: str, root: str, here: Path) -> None:
    for file in ("p/.claude-plugin/plugin.json", "x.zip"):
        written(file)(here)
    assert Path(recall._root(path)).absolute() == here / root


def test_what_is_not_settled_is_not_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.disk.states.SETTLED", 10**9)
    written("skills/demo/new.md")(here)
    of("skills").keep(0, "said")
    assert answers().info().entries == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"repository": "https://example.com/a.git"}', True),
        ('{"source": "./node_modules/plugin"}', False),
        ('{"source": "node_modules"}', False),
        ('{"source": "./node\\u005fmodules"}', False),
    ],
)
def test_where_a_manifest_names_what_is_passed_over_nothing_is_kept(text: str, kept: bool, here: Path) -> None:  # noqa: FBT001
    written("skills/marketplace.json", text)(here)
    of("skills").keep(0, "said")
    assert of("skills").answer() == Answered(0, "said")
    (here / "skills/node_modules").mkdir()
    of("skills").keep(0, "said")
    assert (of("skills").answer() is not None) == kept


def test_where_a_manifest_cannot_be_read_nothing_is_kept(here: Path) -> None:
    (here / "skills/.git").mkdir()
    written("skills/marketplace.json", "{}")(here)
    call = of("skills")
    (here / "skills/marketplace.json").unlink()
    call.keep(0, "said")
    assert answers().info().entries == 0


Ran = Callable[..., tuple[object, str]]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    def ran(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["skillcheck", "check", *words])
        with pytest.raises(SystemExit) as stop:
            command.main()
        return stop.value.code, capsys.readouterr().out

    return ran


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit", "gitlab", "markdown"])
@pytest.mark.parametrize("text", [SKILL, SKILL.replace("name: demo", "name: Other Demo")])
def test_a_second_call_says_the_same_and_judges_nothing(
    form: str, text: str, here: Path, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("skills/demo/SKILL.md", text)(here)
    first = ran("skills", "--format", form)
    assert answers().info().entries == 1
    monkeypatch.setattr("skillcheck.checking.lint", None)
    assert ran("skills", "--format", form) == first


def test_a_change_is_told_at_once(here: Path, ran: Ran) -> None:
    before = ran("skills")
    written("skills/more/SKILL.md", SKILL)(here)  # the same name, side by side
    after = ran("skills")
    assert "SK114" in after[1]
    assert "SK114" not in before[1]
    (here / "skills/more/SKILL.md").unlink()
    (here / "skills/more").rmdir()
    assert ran("skills") == before


@pytest.mark.parametrize("words", ["--fix", "--diff", "--output o.txt", "--write-baseline", "--no-cache"])
def test_what_does_more_than_answer_is_not_kept(words: str, ran: Ran) -> None:
    ran("skills", *words.split())
    assert answers().info().entries == 0


def test_what_is_compared_with_a_baseline_is_not_kept(here: Path, ran: Ran) -> None:
    ran("skills", "--write-baseline")
    written("skillcheck.toml", 'baseline = "skillcheck-baseline.json"')(here)
    ran("skills")
    assert answers().info().entries == 0
