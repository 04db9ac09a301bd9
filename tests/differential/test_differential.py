"""The generator and the comparison of tests/client/differential, without the client."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.client.differential import compare, situations
from tests.client.differential.batches import ENTRY, PLUGIN, batches, share, together
from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET, field
from tests.client.differential.generate import generated, installable
from tests.client.differential.ours import judge
from tests.client.differential.recorded import recorded
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
    assert {json.loads(each.files[ENTRY])["source"] for each in installable(5, 1)} == {"./@"}


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
        assert all(callable(getattr(situations, each.when)) for each in compare.exemptions(name) if each.when)


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
        ("p.json", b'{"a": 1, "b": 2}', Said("p.json", "warning", "a", "SK534 the key `a` stands twice"), False),
    ],
)
def test_an_exemption_holds_for_its_situation_alone(
    tmp_path: Path, path: str, content: bytes, said: Said, *, expected: bool
) -> None:
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    assert compare.is_exempt(tmp_path, "skillcheck", said, ()) is expected


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
