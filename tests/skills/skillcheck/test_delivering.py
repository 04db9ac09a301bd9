"""What the reference on delivering says of ZIPs, evidence and the marketplace."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from skillcheck.cli import skillcheck

SKILL = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# Forms\n\nFill.\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def call(*arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(skillcheck, arguments)
    assert done.exit_code == status, done.output
    return done.output


def test_the_zip_of_a_skill_holds_what_an_upload_takes(here: Path) -> None:
    """What Claude Code alone knows is for a plugin, and left out for claude.ai."""
    text = SKILL.replace("\n---\n#", "\nargument-hint: '[form]'\n---\n#")
    manifest = here / ".claude-plugin" / "plugin.json"
    manifest.parent.mkdir()
    manifest.write_text('{"name": "tools"}')
    for path, content in {"SKILL.md": text, "evals/triggers.json": "[]", ".env": "A=1", "a.md": "# A"}.items():
        (here / "forms" / path).parent.mkdir(parents=True, exist_ok=True)
        (here / "forms" / path).write_text(content)
    call("pack", "forms")
    first = (here / "dist/forms.zip").read_bytes()
    with zipfile.ZipFile("dist/forms.zip") as packed:
        assert sorted(packed.namelist()) == ["forms/SKILL.md", "forms/a.md"]
        assert packed.read("forms/SKILL.md").decode() == SKILL
    call("pack", "forms")
    assert (here / "dist/forms.zip").read_bytes() == first
    call("check", "dist/forms.zip")


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("SK605", {"a/x/SKILL.md": SKILL, "a/y/SKILL.md": SKILL}),
        ("SK604", {"forms/SKILL.md": SKILL, "README.md": ""}),
        ("SK606", {"skills/forms/SKILL.md": SKILL}),
        ("SK606", {"SKILL.md": SKILL}),
        ("SK608", {"forms/SKILL.md": SKILL, "forms/a:b.md": ""}),
        ("SK602", {"forms\\SKILL.md": SKILL}),
        ("SK611", {"forms/SKILL.md": SKILL.replace("\n---\n#", "\nmodel: opus\n---\n#")}),
        ("SK607", {"forms/SKILL.md": SKILL, "forms/.claude-plugin/plugin.json": '{"name": "forms"}'}),
    ],
)
def test_a_refused_zip_is_explained(code: str, members: dict[str, str]) -> None:
    with zipfile.ZipFile("some.zip", "w") as made:
        for path, content in members.items():
            made.writestr(zipfile.ZipInfo(path), content)
    assert f"error[{code}]" in call("check", "some.zip", status=1)


def test_evidence_is_of_these_very_blocks() -> None:
    call("new", "word-count")
    call("verify", "--no-install", "skills")
    call("evidence", "dist/word-count.zip")
    with zipfile.ZipFile("dist/word-count.zip") as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    assert {block["level"] for block in json.loads(held["word-count/EVIDENCE.json"])["blocks"]} == {"covered"}
    with zipfile.ZipFile("forged.zip", "w") as forged:
        for name, content in held.items():
            forged.writestr(name, content.replace(b"Hello", b"Howdy"))
    assert "error[SK705]" in call("evidence", "forged.zip", status=1)


def test_the_marketplace_is_written_from_the_skills(here: Path) -> None:
    (here / "forms").mkdir()
    (here / "forms/SKILL.md").write_text(SKILL)
    (here / "skillcheck.toml").write_text('[marketplace]\nname = "m"\nowner = { name = "Me" }\n')
    call("marketplace", "--check", status=1)
    call("marketplace")
    call("marketplace", "--check")
    written = (here / "marketplace.json").read_text()
    assert written == (here / ".claude-plugin/marketplace.json").read_text()
    assert json.loads(written)["plugins"][0]["source"] == "./forms"


def test_a_baseline_lets_only_new_findings_fail(here: Path) -> None:
    (here / "forms").mkdir()
    (here / "forms/SKILL.md").write_text(f"{SKILL}[gone](gone.md)\n")
    call("check", "--write-baseline", "--exit-zero", "forms")
    call("check", "--baseline", "skillcheck-baseline.json", "forms")
    (here / "forms/SKILL.md").write_text(f"{SKILL}\n[lost](lost.md)\n\n[gone](gone.md)\n")
    told = call("check", "--baseline", "skillcheck-baseline.json", "forms", status=1)
    assert "lost.md" in told
    assert "gone.md" not in told
