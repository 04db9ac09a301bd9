"""The first line says what each client does: of Claude Code, what its `validate`, `install` and `list` told us."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from skillcheck.config import Config
from skillcheck.lint import lint
from skillcheck.model import Client, Report, Severity
from skillcheck.telling import fails

SKILL = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill them.\n"
PLUGIN: dict[str, object] = {"name": "forms", "version": "1.0.0", "description": "Forms", "author": {"name": "Ada"}}
AGENT = "---\nname: reviewer\ndescription: Reviews forms. Use when asked to.\n---\n\nReview each field of it.\n"
MISREADS, REFUSES = "loads but misreads (1)", "does not load (1)"
FAILS, PASSES = "validator fails (1)", "validator passes"


def checked(files: Mapping[str, bytes | str]) -> Report:
    for path, content in files.items():
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return lint(["."], Config(Path()))


def plugin(files: Mapping[str, bytes | str], **fields: object) -> Report:
    manifest = json.dumps({**PLUGIN, **fields})
    return checked({".claude-plugin/plugin.json": manifest, "skills/forms/SKILL.md": SKILL, **files})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p").mkdir()
    monkeypatch.chdir(tmp_path / "p")


@pytest.mark.parametrize(
    ("path", "content", "validator", "loading"),
    [
        ("agents/a.md", AGENT.replace("reviewer", '"reviewer'), FAILS, MISREADS),
        ("agents/a.md", AGENT.replace(". Use", " --- use"), PASSES, MISREADS),
        ("agents/a.md", AGENT.replace(": Reviews", ': "Reviews --- them'), FAILS, MISREADS),
        (
            "agents/a.md",
            AGENT.replace(": Reviews forms. Use when asked to.", ": [Reviews]"),
            FAILS,
            MISREADS,
        ),
        ("commands/a.md", "---\ndescription: Fills them\nshell: zsh\n---\n\nFill the form.\n", FAILS, MISREADS),
        ("hooks/hooks.json", "{", FAILS, REFUSES),
        ("hooks/hooks.json", "[]", FAILS, REFUSES),
        ("hooks/hooks.json", "{}", FAILS, REFUSES),
        (".mcp.json", '{"mcpServers":', FAILS, MISREADS),
        (".mcp.json", "null", FAILS, MISREADS),
        (".mcp.json", '{"mcpServers": {"a": {}}}', FAILS, MISREADS),
        (".lsp.json", '{"a":', PASSES, MISREADS),
        (".lsp.json", "[]", PASSES, MISREADS),
        (".lsp.json", '{"a": {"command": "x"}}', PASSES, MISREADS),
        ("monitors/monitors.json", "[", PASSES, REFUSES),
        ("monitors/monitors.json", '[{"name": "a", "command": "b"}]', PASSES, REFUSES),
    ],
)
def test_a_component_is_judged_as_claude_code_does(path: str, content: str, validator: str, loading: str) -> None:
    assert plugin({path: content}).verdicts == {
        Client.CLAUDE_CODE: f"{validator}, {loading}",
        Client.CLAUDE_AI: "upload taken",
        Client.SPEC: "valid",
        Client.GH: "publishable",
        Client.NPX_SKILLS: "found",
    }


@pytest.mark.parametrize("fields", [{"commands": "./none"}, {"skills": "./skills/forms/SKILL.md"}])
def test_a_path_of_plugin_json_fails_in_the_validator_too(fields: Mapping[str, object]) -> None:
    assert plugin({}, **fields).verdicts[Client.CLAUDE_CODE] == f"{FAILS}, {REFUSES}"


@pytest.mark.parametrize(
    ("field", "is_failing"),
    [
        ("allowed-tools: 3", True),
        ("shell: zsh", True),
        ("disallowed-tools: {}", False),
        ("context: elsewhere", False),
        ("license: x --- y", False),
        ("license: ---", False),
        ('license: "x --- y"', True),
    ],
)
def test_the_validator_looks_at_few_fields_of_a_skill(field: str, *, is_failing: bool) -> None:
    report = checked({"skills/forms/SKILL.md": SKILL.replace("---\n\n", f"{field}\n---\n\n")})
    told = report.verdicts[Client.CLAUDE_CODE]
    assert told.startswith("validator fails") is is_failing
    assert any(map(fails, report.findings)) is is_failing


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"skills": ["./../x"]}, f"{PASSES}, {REFUSES}"),
        ({"agents": ["./../x"]}, f"{FAILS}, {REFUSES}"),
        ({"agents": ["./../x.md"]}, f"{PASSES}, {REFUSES}"),
        ({"agents": ["./x.json"]}, f"{FAILS}, does not load (2)"),
        ({"source": {"source": "github", "repo": "forms"}}, f"{PASSES}, {REFUSES}"),
        ({"source": {"source": "github", "repo": "a/b", "ref": "-b"}}, f"{PASSES}, {REFUSES}"),
        ({"source": {"source": "url", "url": "https://"}}, f"{PASSES}, {REFUSES}"),
        ({"source": {"source": "archive", "url": "https://127.0.0.1/a.zip"}}, f"{FAILS}, {REFUSES}"),
        ({"source": {"source": "git-subdir", "url": "a/b", "path": "c"}}, "loads"),
        ({"source": {"source": "git-subdir", "url": "a/b/c", "path": "c"}}, f"{PASSES}, {REFUSES}"),
        ({"source": {"source": "github", "repo": 3}}, f"{FAILS}, {REFUSES}"),
        ({"source": "./skills/forms/SKILL.md"}, f"{FAILS}, {REFUSES}"),
        ({"source": "./none"}, f"{PASSES}, {REFUSES}"),
        ({"source": "././"}, f"{PASSES}, {REFUSES}"),
        ({"source": "./x/../"}, f"{FAILS}, {REFUSES}"),
        ({"source": ".//"}, "loads"),
        ({"name": "claude-forms"}, f"{FAILS}, loads"),
    ],
)
def test_an_entry_is_judged_as_claude_code_does(entry: Mapping[str, object], told: str) -> None:
    listed = {"name": "forms", "source": "./", "description": "Forms", "strict": False, **entry}
    market = {"name": "office", "owner": {"name": "Ada"}, "description": "Office", "plugins": [listed]}
    report = checked({".claude-plugin/marketplace.json": json.dumps(market), "skills/forms/SKILL.md": SKILL})
    assert report.verdicts[Client.CLAUDE_CODE] == told


@pytest.mark.parametrize(("source", "level"), [("./", Severity.WARNING), ("forms", Severity.ERROR)])
def test_a_root_of_plugins_outside_matters_where_a_source_needs_it(source: str, level: Severity) -> None:
    market = {
        "name": "office",
        "owner": {"name": "Ada"},
        "description": "Office",
        "metadata": {"pluginRoot": "../x"},
        "plugins": [{"name": "forms", "source": source, "description": "Forms"}],
    }
    report = checked({".claude-plugin/marketplace.json": json.dumps(market), "skills/forms/SKILL.md": SKILL})
    assert [each.severity for each in report.findings if each.code == "SK513"] == [level]
    assert (report.verdicts[Client.CLAUDE_CODE] == "loads") is (level is Severity.WARNING)


def test_no_other_client_reads_what_a_plugin_has_beside_its_skills() -> None:
    report = plugin({"agents/a.md": AGENT.encode() + b"\xff", "agents/b.md": "x" * 1_200_000})
    told = {each.code: (each.severity, each.clients) for each in report.findings if each.code in {"SK004", "SK005"}}
    assert told == {
        "SK004": (Severity.ERROR, (Client.CLAUDE_CODE,)),
        "SK005": (Severity.WARNING, (Client.CLAUDE_CODE,)),
    }
    assert report.verdicts[Client.CLAUDE_AI] == "upload taken"


def test_who_looks_for_a_name_alone_reads_no_other_file_of_a_skill() -> None:
    more = {"skills/forms/more.md": b"# More\n\n\xff\n"}
    report = checked({"skills/forms/SKILL.md": f"{SKILL}\nSee [more](more.md).\n", **more})
    (found,) = (each for each in report.findings if each.code == "SK004")
    assert found.clients == (Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI)
    assert report.verdicts[Client.GH] == "publishable"


def test_an_archive_in_which_nobody_finds_a_skill_is_refused() -> None:
    with zipfile.ZipFile("forms.zip", "w") as archive:
        archive.writestr("forms/skill.md", SKILL)
    told = lint(["forms.zip"], Config(Path())).verdicts
    assert told == dict.fromkeys(Client, "finds no skill") | {Client.CLAUDE_AI: "upload refused (1)"}
