from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skillcheck import cli
from skillcheck.rules import RULES
from skillcheck.rules.pages import INDEX, page, pages


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli.skillcheck, arguments, catch_exceptions=False)


def test_a_new_skill_is_clean_at_once(here: Path) -> None:
    (here / "skillcheck.toml").write_text('[marketplace]\nname = "m"\nowner = {name = "Me"}\n')
    done = call("new", "first-skill")
    assert done.exit_code == 0
    assert done.output.splitlines()[:-1] == [
        "skills/first-skill/SKILL.md",
        "skills/first-skill/requirements.txt",
        "skills/first-skill/evals/triggers.json",
        "tests/skills/first-skill/test_greeting.py",
        "",
    ]
    assert done.output.endswith("then `skillcheck extract` and `skillcheck marketplace`, then `skillcheck verify`\n")
    assert call("check").output.startswith("claude-code: loads · claude-ai: upload taken · spec: valid")
    assert call("check", "--format", "statistics").output.endswith("\n1 skill · 0 errors, 0 warnings\n")
    assert call("extract", "--check").exit_code == 0


def test_a_new_skill_may_be_kept_elsewhere(here: Path) -> None:
    assert call("new", "x", "--in", ".claude/skills").exit_code == 0
    assert (here / ".claude/skills/x/SKILL.md").is_file()


@pytest.mark.parametrize("name", ["Bad_Name", "../x", "claude-x", "a" * 65, "-a"])
def test_a_name_that_a_client_refuses_is_refused(name: str) -> None:
    done = call("new", "--", name)
    assert done.exit_code == 2
    assert f"{name!r} is no name for a skill" in done.output


@pytest.mark.parametrize("taken", ["skills/x", "tests/skills/x"])
def test_nothing_is_written_over(here: Path, taken: str) -> None:
    (here / taken).mkdir(parents=True)
    done = call("new", "x")
    assert done.exit_code == 2
    assert f"{taken} is there already; take another name, or delete it" in done.output
    assert [path.name for path in here.rglob("SKILL.md")] == []


def test_a_folder_that_cannot_be_made_is_a_wrong_call(here: Path) -> None:
    (here / "skills").write_text("")
    done = call("new", "x")
    assert done.exit_code == 2
    assert "cannot be written: Not a directory" in done.output


def test_every_rule_has_a_page(here: Path) -> None:
    assert call("rules", "--markdown", "docs").output == f"{len(RULES) + 1} pages in docs\n"
    assert {path.name for path in (here / "docs").iterdir()} == {INDEX, *(f"{rule.code}.md" for rule in RULES)}
    assert (here / "docs/SK113.md").read_text() == pages(RULES)["SK113.md"]


def test_a_page_says_what_why_who_and_shows_both() -> None:
    text = page(next(rule for rule in RULES if rule.name == "name-mismatch"))
    assert text.startswith(
        "# SK113 name-mismatch\n\nThe skill's name differs from its folder. Level: error. Clients: spec.\n"
    )
    assert "Wrong, `skills/pdf-forms/SKILL.md`:\n\n```markdown\n---\n" in text
    assert "Right, `skills/pdf-forms/SKILL.md`:\n\n```markdown\n---\n" in text
    assert "Source: <https://agentskills.io/specification#name-field>\n" in text
    ignoring = "To leave it out at one place: `<!-- skillcheck: ignore SK113 why -->` in the text,"
    assert f"{ignoring} `# skillcheck: ignore SK113 why` in the frontmatter.\n" in text
    assert "ignore" not in page(next(rule for rule in RULES if rule.name == "invalid-json"))
    assert "Clients: all of them." in page(next(rule for rule in RULES if not rule.clients))


def test_pages_that_cannot_be_written_are_a_wrong_call(here: Path) -> None:
    (here / "docs").mkdir()
    (here / "docs/SK001.md").mkdir()
    done = call("rules", "--markdown", "docs")
    assert done.exit_code == 2
    assert "docs/SK001.md cannot be written: " in done.output
