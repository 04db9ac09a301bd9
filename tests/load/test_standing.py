"""Where a skill stands -> whether Claude Code takes it from there."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load import load

SKILL = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n\nFill each field.\n"


def write(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SKILL if file.name == "SKILL.md" else "{}", encoding="utf-8")


@pytest.mark.parametrize(
    ("skill", "beside", "expected"),
    [
        ("skills/forms", (), False),
        ("skills/forms", ("skills/other/SKILL.md", "x/.claude-plugin/plugin.json"), False),
        ("skills/forms", (".claude-plugin/plugin.json",), True),
        ("skills/forms", (".claude-plugin/marketplace.json",), True),
        ("skills/forms", ("skills/forms/.claude-plugin/plugin.json",), True),
        (".claude/skills/forms", (), True),
        ("a.claude/skills/forms", (), False),
    ],
)
def test_where_claude_code_takes_a_skill_from(
    tmp_path: Path, skill: str, beside: tuple[str, ...], *, expected: bool
) -> None:
    write(tmp_path, ".git/HEAD", f"{skill}/SKILL.md", *beside)
    for given in (tmp_path, tmp_path / skill, tmp_path / skill / "SKILL.md"):
        told = [each.for_claude_code for each in load([given]).skills if each.folder == "forms"]
        assert told == [expected], given


def test_it_is_not_looked_for_beyond_the_repository(tmp_path: Path) -> None:
    write(tmp_path, ".claude-plugin/plugin.json", "repository/.git/HEAD", "repository/skills/forms/SKILL.md")
    for given in ("repository", "repository/skills/forms"):
        assert not load([tmp_path / given]).skills[0].for_claude_code


def test_a_link_leads_to_where_it_is_taken_from(tmp_path: Path) -> None:
    write(tmp_path, ".git/HEAD", ".claude/skills/forms/SKILL.md", "plain/SKILL.md")
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "forms").symlink_to(tmp_path / ".claude/skills/forms")
    (linked,) = load([tmp_path / "skills"]).skills
    assert linked.for_claude_code
