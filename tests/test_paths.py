"""What is set for a part of a project counts there alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck import PathConfig, Stages, verify
from skillcheck.config import Config, find, scoped
from skillcheck.lint import lint
from skillcheck.model import Client, Severity

SKILL = "---\nname: Forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    for folder in ("new", "old", "old/inner"):
        file = tmp_path / "skills" / folder / "forms" / "SKILL.md"
        file.parent.mkdir(parents=True)
        file.write_text(SKILL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(toml: str, *paths: str) -> dict[str, list[str]]:
    Path("skillcheck.toml").write_text(toml, encoding="utf-8")
    found: dict[str, list[str]] = {}
    for each in lint([*paths] or ["."], find(Path.cwd())).findings:
        found.setdefault(Path(each.place.path).as_posix(), []).append(each.code)
    return found


NEW, OLD, INNER = (f"skills/{folder}/forms/SKILL.md" for folder in ("new", "old", "old/inner"))
BOTH = ["SK111", "SK113"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("skills/old", {NEW}),
        ("skills/old/", {NEW}),
        ("./skills/old", {NEW}),
        ("skills/old/**", {NEW}),
        ("**/old", {NEW}),
        ("skills/old/forms", {NEW, INNER}),
        ("skills/*/forms/SKILL.md", {INNER}),
        ("skills/???", set()),
        ("**/SKILL.md", set()),
        ("**", set()),
        ("old", {NEW, OLD, INNER}),
        ("skills/ol", {NEW, OLD, INNER}),
        ("SKILL.md", {NEW, OLD, INNER}),
    ],
)
def test_codes_are_ignored_below_a_path(pattern: str, left: set[str]) -> None:
    assert told(f'[paths."{pattern}"]\nignore = ["SK11"]\n') == dict.fromkeys(left, BOTH)


def test_paths_begin_at_the_folder_of_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml = '[paths."skills/old"]\nignore = ["SK113"]\n'
    assert told(toml, str(project / "skills/old/forms")) == {str(OLD): ["SK111"]}
    monkeypatch.chdir(project / "skills" / "old")
    assert [each.code for each in lint(["forms"], find(Path.cwd())).findings] == ["SK111"]


def test_codes_add_up_and_of_targets_the_last_count() -> None:
    every = PathConfig((Client.GH,), ("SK2",))
    config = Config(Path.cwd(), ignore=("SK1",), paths={"skills": every, NEW: PathConfig(None, ("SK3",))})
    assert scoped(config, NEW).ignore == ("SK1", "SK2", "SK3")
    assert scoped(config, NEW).targets == (Client.GH,)
    assert scoped(config, "README.md") == config


def test_what_breaks_no_target_of_a_path_is_a_note_there() -> None:
    Path("skillcheck.toml").write_text('[paths."skills/old"]\ntargets = ["claude-code"]\n', encoding="utf-8")
    report = lint(["."], find(Path.cwd()))
    levels = {(each.place.path, each.severity) for each in report.findings}
    assert levels == {(NEW, Severity.ERROR), (OLD, Severity.NOTE), (INNER, Severity.NOTE)}
    assert report.verdicts[Client.CLAUDE_AI] == "upload refused (3)"
    assert {(each.place.path, each.severity) for each in verify(["."], find(Path.cwd()), Stages()).findings} == levels


@pytest.mark.parametrize(
    ("toml", "fact"),
    [
        ('[paths."a"]\nignroe = ["SK1"]\n', "`ignroe` is not a key of `paths.a`, which takes ignore, targets"),
        ("[paths]\na = 1\n", "`paths.a` is 1, expected a table"),
    ],
)
def test_what_is_not_understood_is_told(toml: str, fact: str) -> None:
    Path("skillcheck.toml").write_text(toml, encoding="utf-8")
    (fault,) = find(Path.cwd()).faults
    assert fault.fact == fact
