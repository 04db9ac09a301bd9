"""Files that were meant as a SKILL.md or a manifest, and that no client reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load import misnamed as room
from skillcheck.load.limits import Limits
from skillcheck.load.walk import search
from skillcheck.model import Fault

SKILL = "---\nname: cutting\ndescription: Cuts boards.\n---\n\nCut them.\n"
MANIFEST = '{"name": "forms"}'


def put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def told(root: Path, *files: tuple[str, str]) -> list[tuple[str, str]]:
    for path, text in files:
        put(root, path, text)
    return [(Path(fault.place.path).relative_to(root).as_posix(), fault.remedy) for fault in faults(root)]


def faults(root: Path) -> list[Fault]:
    return search(root, Limits()).faults


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("skills/cutting/skill.md", "rename it to `SKILL.md`"),
        ("skills/cutting/SKILLS.md", "rename it to `SKILL.md`"),
        ("cutting/SKILL.markdown", "rename it to `SKILL.md`"),
        ("cutting/SKILL", "rename it to `SKILL.md`"),
        ("skills/cutting/cutting.md", "rename it to `SKILL.md`"),
        ("skills/cutting/README.md", "rename it to `SKILL.md`"),
        ("skills/cutting.md", "move it to `cutting/SKILL.md`"),
    ],
)
def test_skills_that_no_client_finds(tmp_path: Path, path: str, remedy: str) -> None:
    assert told(tmp_path, (path, SKILL)) == [(path, remedy)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("skills/cutting/SKILL.md", SKILL),
        ("skills/cutting/other.md", SKILL),
        ("docs/cutting.md", SKILL),
        ("skills/README.md", "# Skills\n"),
        ("skills/cutting.md", "---\nname: cutting\n---\n"),
        ("tests/fixtures/skills/cutting.md", SKILL),
        ("skills/cutting.txt", SKILL),
    ],
)
def test_pages_that_are_no_skills(tmp_path: Path, path: str, text: str) -> None:
    assert told(tmp_path, (path, text)) == []


def test_what_lies_beside_a_skill_is_its_own(tmp_path: Path) -> None:
    assert told(tmp_path, ("cutting/SKILL.md", SKILL), ("cutting/assets/skills/sawing.md", SKILL)) == []


def test_a_page_that_cannot_be_read_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(room, "read_file", refuse)
    assert told(tmp_path, ("skills/cutting.md", SKILL)) == []


@pytest.mark.parametrize(
    ("path", "told_of", "meant"),
    [
        (".claude-plugin/Plugin.json", ".claude-plugin/Plugin.json", "plugin.json"),
        (".claude-plugin/plugins.json", ".claude-plugin/plugins.json", "plugin.json"),
        (".claude-plugin/manifest.json", ".claude-plugin/manifest.json", "plugin.json"),
        (".claude-plugin/plugin.jsonc", ".claude-plugin/plugin.jsonc", "plugin.json"),
        (".claude-plugin/plugin.yaml", ".claude-plugin/plugin.yaml", "plugin.json"),
        (".claude-plugin/marketplaces.json", ".claude-plugin/marketplaces.json", "marketplace.json"),
        ("claude-plugin/plugin.json", "claude-plugin", ".claude-plugin"),
        (".claude_plugin/marketplace.json", ".claude_plugin", ".claude-plugin"),
        (".claude-plugin.json", ".claude-plugin.json", ".claude-plugin/plugin.json"),
        ("plugin.json", "plugin.json", ".claude-plugin/plugin.json"),
    ],
)
def test_manifests_that_the_client_does_not_read(tmp_path: Path, path: str, told_of: str, meant: str) -> None:
    found = told(tmp_path, (path, MANIFEST), ("commands/fill.md", "Fill it.\n"))
    assert found == [(told_of, f"rename it to `{meant}`")]


@pytest.mark.parametrize(
    "path",
    [
        ".claude-plugin/plugin.json",
        ".claude-plugin/notes.json",
        ".claude-plugins/notes.json",
        ".other/plugin.json",
        "src/plugin.json",
        "package.json",
    ],
)
def test_other_manifests(tmp_path: Path, path: str) -> None:
    assert told(tmp_path, (path, MANIFEST), (".other/commands/fill.md", "Fill it.\n")) == []


@pytest.mark.parametrize("folder", [".codex-marketplace/forms", ".gemini/a/forms", "forms"])
def test_a_plugin_of_another_client(tmp_path: Path, folder: str) -> None:
    beside = (f"{folder}/gemini-extension.json", "{}") if folder == "forms" else (f"{folder}/AGENTS.md", "Forms.\n")
    assert told(tmp_path, (f"{folder}/plugin.json", MANIFEST), (f"{folder}/commands/fill.md", "Fill.\n"), beside) == []


def test_a_plugin_that_another_client_has_a_manifest_for(tmp_path: Path) -> None:
    own = [("forms/plugin.json", MANIFEST), ("forms/commands/fill.md", "Fill.\n")]
    assert told(tmp_path, *own, ("forms/.codex-plugin/plugin.json", MANIFEST)) == []


@pytest.mark.parametrize("folder", [".claude/plugins/forms", "plugins/forms"])
def test_a_plugin_of_claude_code_without_its_folder(tmp_path: Path, folder: str) -> None:
    found = told(tmp_path, (f"{folder}/plugin.json", MANIFEST), (f"{folder}/commands/fill.md", "Fill.\n"))
    assert found == [(f"{folder}/plugin.json", "rename it to `.claude-plugin/plugin.json`")]


def test_a_plugin_json_of_something_else(tmp_path: Path) -> None:
    assert told(tmp_path, ("plugin.json", '{"type": "panel"}'), ("commands/fill.md", "Fill it.\n")) == []


def test_what_tests_keep_is_wrong_on_purpose(tmp_path: Path) -> None:
    assert told(tmp_path, ("tests/kept/skills/cutting/skill.md", SKILL)) == []
    assert told(tmp_path, ("kept/skills/cutting/skill.md", SKILL)) == [
        ("kept/skills/cutting/skill.md", "rename it to `SKILL.md`")
    ]
