"""No choice of rules makes a call pass that looked at nothing, or at something else than was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.config import find, unknown_codes
from skillcheck.lint import lint

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "skills/forms").mkdir(parents=True)
    (tmp_path / "skills/forms/SKILL.md").write_text(SKILL)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(path: str, settings: str, name: str = "skillcheck.toml") -> list[tuple[str, str, str]]:
    Path(name).write_text(settings)
    return [(each.code, f"{each.place}", each.message) for each in lint([path], find(Path.cwd())).findings]


@pytest.mark.parametrize(
    ("path", "settings", "code"),
    [
        ("nowhere", "", "SK002"),
        ("empty", "", "SK001"),
        ("skills", 'timeout = "x"\n', "SK011"),
        ("skills", "unknown = 1\n", "SK011"),
    ],
)
def test_what_was_not_looked_at_is_told_whatever_is_selected(path: str, settings: str, code: str) -> None:
    assert [each for each, _, _ in told(path, f'select = ["SK4"]\n{settings}')] == [code]


def test_codes_that_no_rule_has_are_told_where_they_stand() -> None:
    settings = 'select = ["SK", "SK999"]\nignore = ["SK4"]\n\n[paths."skills/**"]\nignore = ["SK888"]\n'
    assert told("skills", settings) == [
        ("SK011", "skillcheck.toml:1:1", "`select` names SK999, with which no rule's code begins"),
        ("SK011", "skillcheck.toml:5:1", "`ignore` names SK888, with which no rule's code begins"),
    ]
    Path("skillcheck.toml").unlink()
    assert told("skills", '[tool.skillcheck]\nignore = ["SK777"]\n', "pyproject.toml") == [
        ("SK011", "pyproject.toml:2:1", "`ignore` names SK777, with which no rule's code begins"),
    ]


def test_a_configuration_that_is_gone_meanwhile_has_no_lines() -> None:
    Path("skillcheck.toml").write_text('timeout = 1\nignore = ["SK999"]\n')
    config = find(Path.cwd())
    Path("skillcheck.toml").unlink()
    assert [f"{fault.place}" for fault in unknown_codes(config)] == ["skillcheck.toml:1:1"]


def test_a_call_without_a_configuration_has_no_codes_of_one() -> None:
    assert unknown_codes(find(Path.cwd())) == ()
