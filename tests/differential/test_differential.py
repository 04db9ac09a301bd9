"""The generator and the comparison of tests/client/differential, without the client."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.client.differential import compare, loading
from tests.client.differential.batches import ENTRY, PLUGIN, batches, share, together
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET, field
from tests.client.differential.generate import generated, installable
from tests.client.differential.ours import judge
from tests.client.differential.recorded import recorded
from tests.client.differential.situations import SITUATIONS
from tests.client.differential.situations.scene import Scene
from tests.client.differential.verdict import Said, difference

WARNING = Said("a", "warning", "name", "x")
ERROR = Said("a", "error", "name", "y")


def never(_who: str, _said: Said, _others: object) -> bool:
    return False


def test_a_seed_gives_the_same_bundles_of_every_kind() -> None:
    first, second = (list(map(str, generated(60, 3))) for _ in range(2))
    assert first == second
    assert {each.kind for each in generated(60, 3)} == set(Kind)
    assert len(set(first)) == len(first)


def test_recorded_cases_are_many_and_of_every_kind() -> None:
    assert Counter(each.kind for each in recorded()).total() > 1500
    assert {each.kind for each in recorded()} == set(Kind)


def test_what_is_installed_needs_no_network() -> None:
    cases = list(installable(20, 1))
    assert {json.loads(each.files[ENTRY])["source"] for each in cases if ENTRY in each.files} == {"./@"}
    assert any(ENTRY not in each.files for each in cases)
    assert {each.kind for each in cases} == {Kind.ENTRY}


def test_what_is_installed_has_a_name_of_its_own_in_its_manifest() -> None:
    both = case(Kind.ENTRY, {MANIFEST: {"name": "forms"}, "skills/forms/SKILL.md": '"name": "forms"'})
    files = loading._apart(3, both).files
    assert json.loads(files[MANIFEST]) == {"name": "p3"}
    assert files["skills/forms/SKILL.md"] == both.files["skills/forms/SKILL.md"]


def test_parts_share_a_plugin_and_entries_a_marketplace() -> None:
    parts = [case(Kind.PART, {"skills/@/SKILL.md": text}) for text in ("a", "b")]
    assert together(parts).files == {
        MANIFEST: json.dumps(PLUGIN, indent=1).encode(),
        "skills/s0/SKILL.md": b"a",
        "skills/s1/SKILL.md": b"b",
    }
    entries = [case(Kind.ENTRY, {ENTRY: {"name": "@"}, "x": "y"}), case(Kind.ENTRY, {"x": "y"})]
    whole = together(entries).files
    assert json.loads(whole[MARKET])["plugins"] == [{"name": "p0"}, {"name": "p1", "source": "./p1"}]
    assert set(whole) == {MARKET, "p0/x", "p1/x"}


def test_batches_hold_one_kind() -> None:
    cases = [case(kind, {}) for kind in (Kind.PART, Kind.PLUGIN, Kind.PART, Kind.PLUGIN)]
    assert [[each.kind for each in batch] for batch in batches(cases)] == [
        [Kind.PART] * 2,
        [Kind.PLUGIN],
        [Kind.PLUGIN],
    ]


def test_answers_go_to_their_cases() -> None:
    said = [Said("skills/s1/SKILL.md", "error", "name", ""), Said(MARKET, "error", "plugins.0.name", "")]
    assert share(Kind.PART, 1, said) == said[:1]
    assert share(Kind.ENTRY, 0, said) == said[1:]
    assert share(Kind.PLUGIN, 7, said) == said


@pytest.mark.parametrize(
    ("theirs", "ours", "left"),
    [
        ((), (), (0, 0)),
        ((ERROR,), (ERROR,), (0, 0)),
        ((ERROR,), (), (1, 0)),
        ((), (WARNING,), (0, 1)),
        ((WARNING,), (ERROR,), (1, 1)),
        ((ERROR,), (ERROR, WARNING), (0, 0)),  # a file that both refuse is not compared for warnings
    ],
)
def test_what_only_one_says_is_a_difference(
    theirs: tuple[Said, ...], ours: tuple[Said, ...], left: tuple[int, int]
) -> None:
    found = difference(theirs, ours, never)
    assert (len(found.theirs), len(found.ours)) == left
    assert bool(found) is any(left)


def test_every_exemption_has_a_reason_and_a_source() -> None:
    for name in ("validating.toml", "loading.toml"):
        assert all(each.reason and each.source for each in compare.exemptions(name))
        assert all(each.when in SITUATIONS for each in compare.exemptions(name) if each.when)


@pytest.mark.parametrize(
    ("path", "content", "said", "expected"),
    [
        (
            "s/SKILL.md",
            b"---\ncontext: zz\n---\n",
            Said("s/SKILL.md", "error", "context", "SK106 `context` is 'zz'"),
            True,
        ),
        ("s/SKILL.md", b"---\ncontext: fork\n---\n", Said("s/SKILL.md", "error", "context", "SK106 too loud"), False),
        (
            "s/SKILL.md",
            b"---\nallowed-tools: Raed\n---\n",
            Said("s/SKILL.md", "warning", "", "SK202 no tool 'Raed'"),
            True,
        ),
        (
            "s/SKILL.md",
            b"---\nallowed-tools: Read\n---\n",
            Said("s/SKILL.md", "warning", "", "SK202 no tool 'Read'"),
            False,
        ),
        ("s/SKILL.md", b"---\nName: x\n---\n", Said("s/SKILL.md", "error", "Name", "SK107 `Name` is no field"), True),
        ("s/SKILL.md", b"---\nname: x\n---\n", Said("s/SKILL.md", "error", "name", "SK107 `name` is no field"), False),
        ("s/SKILL.md", b"---\nname: \xe9\n---\n", Said("s/SKILL.md", "error", "", "SK004 byte 0xe9"), True),
        ("s/SKILL.md", b"---\nname: e\n---\n", Said("s/SKILL.md", "error", "", "SK004 too loud"), False),
        ("s/SKILL.md", b"x" * 1_100_000, Said("s/SKILL.md", "warning", "", "SK005 the file"), True),
        ("s/SKILL.md", b"x", Said("s/SKILL.md", "warning", "", "SK005 the file"), False),
        ("p.json", b'{"a": 1, "a": 2}', Said("p.json", "warning", "a", "SK534 the key `a` stands twice"), True),
        ("p.json", b'{".a": 1, ".a": 2}', Said("p.json", "warning", "", "SK534 the key `.a` stands twice"), True),
        ("p.json", b'{"a": 1, "b": 2}', Said("p.json", "warning", "a", "SK534 the key `a` stands twice"), False),
        *(
            (
                "s/SKILL.md",
                f"---\nmodel: {model}\n---\n".encode(),
                Said("s/SKILL.md", "warning", "model", "SK118 "),
                expected,
            )
            for model, expected in (("gpt-4", True), ("Opus", False), ("claude-x", False), ("sonnet[1m]", False))
        ),
        ("s/SKILL.md", b"---\nname: x\n---\n", Said("s/SKILL.md", "warning", "model", "SK118 too loud"), False),
        ("s/SKILL.md", b"---\neffort: zz\n---\n", Said("s/SKILL.md", "warning", "effort", "SK118 too loud"), False),
        *(
            (
                "agents/a.md",
                f"---\n{field}: {value}\n---\n".encode(),
                Said("agents/a.md", "warning", field, "SK544 "),
                expected,
            )
            for field, value, expected in (
                *(("memory", "zz", True), ("memory", "user", False), ("maxTurns", "x", True), ("maxTurns", "3", False)),
                *(("isolation", "zz", True), ("isolation", "worktree", False), ("effort", "zz", True)),
                *(
                    ("effort", "med", False),
                    ("background", "zz", True),
                    ("background", "true", False),
                    ("color", "zz", False),
                ),
            )
        ),
        *(
            (
                f"{folder}/a.md",
                f"---\n{key}: x\n---\n".encode(),
                Said(f"{folder}/a.md", "warning", key, f"SK545 `{key}` is no field"),
                expected,
            )
            for folder, key, expected in (
                *(("agents", "tool", True), ("agents", "tools", False), ("agents", "argument-hint", True)),
                *(("commands", "modle", True), ("commands", "argument-hint", False)),
            )
        ),
        (
            "agents/a.md",
            b"---\nname: x\n---\n",
            Said("agents/a.md", "warning", "tool", "SK545 `tool` is no field"),
            False,
        ),
        ("agents/a.md", b"---\nhooks: {}\n---\n", Said("agents/a.md", "warning", "hooks", "SK560 "), True),
        ("more/a.md", b"---\nhooks: {}\n---\n", Said("more/a.md", "warning", "hooks", "SK560 "), False),
        ("commands/a.md", b"---\npaths: x\n---\n", Said("commands/a.md", "warning", "paths", "SK560 "), True),
        ("agents/a.md", b"---\npaths: x\n---\n", Said("agents/a.md", "warning", "paths", "SK560 "), False),
        (".mcp.json/x", b"", Said(".mcp.json", "error", "root", "SK003 a folder stands where a file is read"), True),
        (".mcp.json", b"", Said(".mcp.json", "error", "root", "SK003 a folder stands where a file is read"), False),
        (".claude-plugin/.mcp.json", b"{}", Said(".claude-plugin/.mcp.json", "warning", "root", "SK537 "), True),
        (".claude-plugin/plugin.json", b"{}", Said(".claude-plugin/plugin.json", "warning", "", "SK537 "), False),
        ("marketplace.json", b"{}", Said("marketplace.json", "error", "", "SK538 "), False),
        ("s/SKILL.md", b"---\nagent: x\n---\n", Said("s/SKILL.md", "warning", "agent", "SK119 "), True),
        ("s/SKILL.md", b"---\nagent: x\ncontext: fork\n---\n", Said("s/SKILL.md", "warning", "agent", "SK119 "), False),
        ("s/SKILL.md", b"---\nname: x\n---\n", Said("s/SKILL.md", "warning", "agent", "SK119 "), False),
        (".claude-plugin/agents/a.md", b"", Said(".claude-plugin/agents", "warning", "", "SK537 "), True),
        ("agents/a.md", b"", Said("agents", "warning", "", "SK537 "), False),
        (
            ".mcp.json",
            b'{"a": {"command": "x", "argz": []}}',
            Said(".mcp.json", "warning", "a", "SK555 `argz` is no field"),
            True,
        ),
        (
            ".mcp.json",
            b'{"a": {"command": "x", "args": []}}',
            Said(".mcp.json", "warning", "a", "SK555 `args` is no field"),
            False,
        ),
        *(
            (
                ".mcp.json",
                f'{{"a": {{"command": "{path}"}}}}'.encode(),
                Said(".mcp.json", "warning", "a", f"SK553 `{path}` is looked for in the user's project"),
                expected,
            )
            for path, expected in (("./.mcp.json", True), ("./x", False), ("${CLAUDE_PLUGIN_ROOT}/.mcp.json", False))
        ),
    ],
)
def test_an_exemption_holds_for_its_situation_alone(
    tmp_path: Path, path: str, content: bytes, said: Said, *, expected: bool
) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    assert compare.is_exempt(tmp_path, "skillcheck", said, ()) is expected


@pytest.mark.parametrize(
    ("entry", "text", "expected"),
    [
        ({}, "SK502 ", False),
        ({"commands": "./../x", "defaultEnabled": False}, "SK503 `plugins[0].commands` is './../x', expected", True),
        ({"commands": "./../x", "defaultEnabled": True}, "SK503 `plugins[0].commands` is './../x', expected", False),
    ],
)
def test_an_exemption_of_loading_holds_for_its_situation_alone(
    tmp_path: Path, entry: dict[str, object], text: str, *, expected: bool
) -> None:
    case(Kind.MARKETPLACE, {MARKET: {"plugins": [{"name": "a", "source": "./", **entry}]}}).write(tmp_path)
    field_of_it = next(iter(entry), "name")
    said = Said(MARKET, "error", f"plugins.0.{field_of_it}", text)
    assert any(each.covers("skillcheck", Scene(tmp_path, said, ())) for each in loading.EXEMPTIONS) is expected


@pytest.mark.parametrize(
    ("file", "path", "expected"),
    [
        (MARKET, "plugins[0].source.sha", "plugins.0.source"),
        (MARKET, "owner.name", "owner"),
        (MANIFEST, "skills[0]", "skills"),
        (".mcp.json", "mcpServers.a.url", "mcpServers.a"),
        ("hooks/hooks.json", "hooks", ""),
    ],
)
def test_fields_are_as_deep_as_both_can_tell(file: str, path: str, expected: str) -> None:
    assert field(file, path) == expected


def test_our_findings_speak_the_clients_terms(tmp_path: Path) -> None:
    bundle: Case = case(
        Kind.PLUGIN,
        {MANIFEST: {**PLUGIN, "version": 1}, "skills/a/SKILL.md": "---\nname: [a]\n---\n\nText.\n"},
        {"skills/b": "a"},
    )
    bundle.write(tmp_path)
    assert {said.spot for _, said in judge(tmp_path) if said.file.endswith((".json", ".md"))} == {
        (MANIFEST, "error", "version"),
        ("skills/a/SKILL.md", "error", "name"),
        ("skills/a/SKILL.md", "warning", "description"),
    }


def test_a_source_begins_where_the_marketplace_says(tmp_path: Path) -> None:
    for about, source, expected in (
        ({"pluginRoot": "./a"}, "b", "a/b"),
        ({"pluginRoot": "./a"}, "./b", "b"),
        ("a", "b", "b"),
    ):
        case(Kind.MARKETPLACE, {MARKET: {"metadata": about, "plugins": [{"source": source}]}}).write(tmp_path)
        assert Scene(tmp_path, Said(MARKET, "error", "plugins.0", ""), ()).plugin == tmp_path / expected


@pytest.mark.parametrize("twins", [(MANIFEST,), (MANIFEST, MARKET), ()])
def test_only_beside_a_plugin_alone_is_a_marketplace_passed_over(tmp_path: Path, twins: tuple[str, ...]) -> None:
    case(Kind.PLUGIN, {path: {} for path in ("marketplace.json", *twins)}).write(tmp_path)
    said = Said("marketplace.json", "error", "", "SK538 ")
    assert compare.is_exempt(tmp_path, "skillcheck", said, ()) is (twins == (MANIFEST,))


def test_the_validator_reads_no_folders_and_no_links(tmp_path: Path) -> None:
    files = {"hooks/hooks.json/x": "", ".mcp.json": {}, "skills/a/SKILL.md/x": ""}
    case(Kind.PLUGIN, files, {".lsp.json": ".mcp.json"}).write(tmp_path)
    said = {
        path: Said(path, "warning", "", "it is not a regular file")
        for path in ("hooks/hooks.json", "skills", ".lsp.json")
    }
    assert all(compare.is_exempt(tmp_path, "client", each, ()) for each in said.values())
    assert not compare.is_exempt(tmp_path, "client", Said(".mcp.json", "warning", "", "it is not a regular file"), ())
