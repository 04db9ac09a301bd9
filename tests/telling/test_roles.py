from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from skillcheck import Config, load
from skillcheck.lint import lint
from skillcheck.model import Bundle, Client, Plugin
from skillcheck.telling import roles

GOOD = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
WRONG = GOOD.replace("name: forms", "name: 3")
BASE = {"name": "forms", "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada"}}
MARKET = {"name": "market", "owner": {"name": "Ada"}, "description": "Forms"}


def write(root: Path, files: Mapping[str, object]) -> None:
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content))


def said(root: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, object]) -> str:
    """Return what we say of a plugin on behalf of Claude Code."""
    write(root, {"skills/forms/SKILL.md": GOOD, **files})
    monkeypatch.chdir(root)
    return lint(["."], Config(root, targets=(Client.CLAUDE_CODE,))).verdicts[Client.CLAUDE_CODE]


def of_manifest(root: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], **files: object) -> str:
    return said(root, monkeypatch, {".claude-plugin/plugin.json": BASE | fields, **files})


def of_entry(root: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], **files: object) -> str:
    listed = MARKET | {"plugins": [{"name": "forms", "source": "./", "skills": ["./skills/forms"], **fields}]}
    return said(root, monkeypatch, {".claude-plugin/marketplace.json": listed, **files})


FIELDS = (
    ("skills", "./nope", "does not load", "does not load"),
    ("agents", "./nope.md", "does not load", "does not load"),
    ("commands", "./nope", "does not load", "does not load"),
    ("outputStyles", "./nope", "does not load", "does not load"),
    ("workflows", "./nope", "does not load", "loads but misreads"),
    ("mcpServers", "./nope.json", "loads but misreads", "loads but misreads"),
    ("lspServers", "./nope.json", "loads but misreads", "loads but misreads"),
    ("types", "./nope.d.ts", "loads but misreads", "loads but misreads"),
)
INNER = (
    ("themes", "./nope", "does not load", "does not load"),
    ("monitors", "./nope.json", "does not load", "loads but misreads"),
    ("outputStyles", "./nope", "loads but misreads", "loads but misreads"),
)


@pytest.mark.parametrize(
    ("fields", "manifest", "entry"),
    [
        *(({field: path}, manifest, entry) for field, path, manifest, entry in FIELDS if field != "skills"),
        *(({"experimental": {field: path}}, manifest, entry) for field, path, manifest, entry in INNER),
    ],
)
def test_a_path_that_is_missing_keeps_a_plugin_from_loading_where_the_client_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], manifest: str, entry: str
) -> None:
    assert f"{manifest} (1)" in of_manifest(tmp_path / "a", monkeypatch, fields)
    assert f"{entry} (1)" in of_entry(tmp_path / "b", monkeypatch, fields)


def test_skills_that_are_missing_keep_a_plugin_from_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "does not load (1)" in of_manifest(tmp_path / "a", monkeypatch, {"skills": "./nope"})
    assert "does not load (1)" in of_entry(tmp_path / "b", monkeypatch, {"skills": ["./skills/forms", "./nope"]})


FAILS, PASSES = "validator fails (1)", "validator passes"
REFUSED, MISREAD = "does not load (1)", "loads but misreads (1)"
PLACES = {"hooks": "hooks/hooks", "mcpServers": ".mcp", "lspServers": ".lsp", "monitors": "monitors/monitors"}


@pytest.mark.parametrize(
    ("field", "in_place", "by_entry"),
    [
        ("hooks", f"{FAILS}, {REFUSED}", None),
        ("mcpServers", f"{FAILS}, {MISREAD}", f"{PASSES}, {MISREAD}"),
        ("lspServers", f"{PASSES}, {MISREAD}", f"{PASSES}, {MISREAD}"),
        ("monitors", f"{PASSES}, {REFUSED}", f"{PASSES}, {MISREAD}"),
    ],
)
def test_a_broken_file_counts_by_what_it_is_and_by_what_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, in_place: str, by_entry: str | None
) -> None:
    path = "./more/x.json"
    named = {"experimental": {field: path}} if field == "monitors" else {field: path}
    for text in ("{", "null"):
        root = tmp_path / f"{len(text)}"
        assert of_manifest(root / "a", monkeypatch, {}, **{f"{PLACES[field]}.json": text}) == in_place
        assert of_manifest(root / "b", monkeypatch, {**named}, **{path: text}) == in_place
        assert by_entry in (None, of_entry(root / "c", monkeypatch, {**named}, **{path: text}))


@pytest.mark.parametrize(
    ("fields", "path", "failing"),
    [
        ({}, "skills/a/SKILL.md", True),
        ({"skills": "./x"}, "x/SKILL.md", False),
        ({"skills": "./x"}, "x/a/SKILL.md", False),
        ({"skills": "./skills/group"}, "skills/group/a/SKILL.md", False),
        ({"skills": "./"}, "SKILL.md", False),
        ({}, "agents/a.md", True),
        ({}, "commands/inner/a.md", True),
        ({"agents": "./x/agents/a.md"}, "x/agents/a.md", False),
        ({"commands": "./x/commands"}, "x/commands/a.md", False),
    ],
)
def test_the_validator_reads_what_stands_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, object], path: str, *, failing: bool
) -> None:
    verdict = of_manifest(tmp_path, monkeypatch, fields, **{path: WRONG})
    assert verdict == f"validator {'fails (1)' if failing else 'passes'}, loads but misreads (1)"


def test_a_skill_of_no_plugin_is_judged_as_if_it_were_in_its_place() -> None:
    role_of = roles(Bundle((), plugins=(Plugin("a/b", "/a/b", None), Plugin("/c", "/c", None))))
    assert role_of("x/y/SKILL.md") == role_of("../a/b/SKILL.md") == role_of("/x/SKILL.md") == ""
    assert role_of("a/b/skills/c/SKILL.md") == role_of("/c/skills/d/SKILL.md") == ""
    assert role_of("a/b/c/SKILL.md") == role_of("/c/SKILL.md") == "skill elsewhere"
    assert role_of("a/b/c/plugin.json") == ""


def test_a_plugin_around_knows_the_skills_in_the_plugins_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"skills/a/SKILL.md": GOOD, ".claude-plugin/plugin.json": BASE})
    write(tmp_path, {"in/skills/a/SKILL.md": GOOD, "in/.claude-plugin/plugin.json": BASE, "in/b/SKILL.md": GOOD})
    monkeypatch.chdir(tmp_path)
    role_of = roles(load(["."]))
    assert [role_of(f"{path}/SKILL.md") for path in ("skills/a", "in/skills/a", "in/b", "b")] == [
        "",
        "",
        "skill elsewhere",
        "skill elsewhere",
    ]
