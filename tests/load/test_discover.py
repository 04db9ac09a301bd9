from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillcheck.load import Limits, load
from skillcheck.load.discover import _starts
from skillcheck.model import Bundle, FaultKind

SKILL = "---\nname: n\ndescription: d\n---\n"


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(path: str, text: str = SKILL) -> Path:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    return Path(path)


def skills(bundle: Bundle) -> list[str]:
    return [skill.path for skill in bundle.skills]


@pytest.mark.parametrize("path", [".", "skills", "skills/a", "skills/a/SKILL.md", "skills/../skills/a/"])
def test_every_way_to_a_skill_shows_the_same_path(path: str, tmp_path: Path) -> None:
    put("skills/a/SKILL.md")
    bundle = load([path])
    (skill,) = bundle.skills
    assert (skill.path, skill.folder, skill.location) == ("skills/a", "a", str(tmp_path / "skills/a"))
    assert (bundle.paths, bundle.faults, skill.faults) == ((path,), (), ())
    assert skill.documents[0].path == "skills/a/SKILL.md"


def test_a_skill_is_read_once_however_often_it_is_reached(tmp_path: Path) -> None:
    put("b/SKILL.md")
    put("a/SKILL.md")
    Path("c").symlink_to("a")
    assert skills(load(["b", ".", "c", Path("a/SKILL.md"), tmp_path])) == ["a", "b"]


def test_the_working_directory_may_be_the_skill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a/SKILL.md")
    monkeypatch.chdir("a")
    (skill,) = load(["."]).skills
    assert (skill.folder, skill.location) == ("a", str(tmp_path / "a"))
    assert [document.path for document in skill.documents] == ["SKILL.md"]


@pytest.mark.parametrize("path", ["gone", "gone/SKILL.md", "a.txt/x", "x" * 300, "a\0b", "a\udcff"])
def test_a_path_that_does_not_exist_is_told(path: str) -> None:
    put("a.txt")
    (fault,) = load([path]).faults
    assert fault.kind is FaultKind.NOT_FOUND
    assert "\0" not in fault.fact
    assert fault.fact.encode()


def test_other_paths_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo("pipe")
    Path("loop").symlink_to("loop")
    put("a.md")
    put("skill.md")
    faults = load(["pipe", "loop", "a.md", "skill.md"]).faults
    assert [fault.kind for fault in faults] == [
        FaultKind.UNREADABLE,
        FaultKind.LINK_LOOP,
        FaultKind.UNREADABLE,
        FaultKind.WRONG_CASE,
    ]

    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    (fault,) = load(["a.md"]).faults
    assert (fault.kind, fault.fact) == (FaultKind.UNREADABLE, "cannot be read: Permission denied")


def test_a_file_that_cannot_be_opened_is_no_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    put("a")
    monkeypatch.setattr(Path, "open", refused)
    assert not _starts(Path("a"), b"x")


def test_archives_are_read_where_they_are_named() -> None:
    for name in ("a.zip", "b.skill", "c.bin"):
        with zipfile.ZipFile(name, "w") as made:
            made.writestr(f"{name[0]}/SKILL.md", SKILL)
    bundle = load(["a.zip", "b.skill", "c.bin", "a.zip"])
    assert skills(bundle) == ["a.zip/a", "b.skill/b", "c.bin/c"]
    assert [archive.path for archive in bundle.archives] == ["a.zip", "b.skill", "c.bin"]
    assert load(["."]).skills == ()


def test_marketplaces_lead_to_plugins_and_skills() -> None:
    entries = [
        {"name": "one", "source": "./one", "skills": ["./odd/s"]},
        {"name": "two", "source": "./two"},
        {"name": "gone", "source": "./gone"},
    ]
    put(".claude-plugin/marketplace.json", json.dumps({"plugins": entries}))
    put("one/skills/a/SKILL.md")
    put("one/odd/s/SKILL.md")
    put("two/SKILL.md")
    put("two/.claude-plugin/plugin.json", "{}")
    expected = ["one/odd/s", "one/skills/a", "two"]
    for path in (".", ".claude-plugin/marketplace.json"):
        bundle = load([path])
        assert skills(bundle) == expected
        assert [(plugin.path, plugin.skills) for plugin in bundle.plugins] == [
            ("one", ("one/odd/s", "one/skills/a")),
            ("two", ("two",)),
        ]
        assert [source for source, _ in bundle.marketplaces[0].missing] == ["./gone"]


def test_a_marketplace_is_read_once() -> None:
    put(".claude-plugin/marketplace.json", '{"plugins": []}')
    put("marketplace.json", '{"plugins": []}')
    bundle = load([".", "marketplace.json"])
    assert [market.path for market in bundle.marketplaces] == [".claude-plugin/marketplace.json"]


def test_a_manifest_leads_to_its_plugin() -> None:
    put("p/.claude-plugin/plugin.json", '{"skills": "./node_modules/s"}')
    put("p/node_modules/s/SKILL.md")
    assert skills(load(["p/.claude-plugin/plugin.json"])) == ["p/node_modules/s"]
    put("m/marketplace.json", '{"plugins": [{"source": "./p"}]}')
    put("m/p/skills/s/SKILL.md")
    assert skills(load(["m/marketplace.json"])) == ["m/p/skills/s"]


def test_links_of_a_linked_skill_are_bounded_by_itself(tmp_path: Path) -> None:
    put("out/s/SKILL.md")
    put("out/secret")
    Path("out/s/link").symlink_to("../secret")
    Path("root").mkdir()
    Path("root/s").symlink_to(tmp_path / "out/s")
    (skill,) = load(["root"]).skills
    assert [fault.kind for fault in skill.faults] == [FaultKind.LINK_ESCAPES]


def test_a_pipe_in_the_place_of_skill_md_is_told_once() -> None:
    Path("s").mkdir()
    os.mkfifo("s/SKILL.md")
    (skill,) = load(["."]).skills
    assert [fault.kind for fault in (*skill.frontmatter.faults, *skill.faults)] == [FaultKind.UNREADABLE]


def test_a_huge_skill_md_is_not_read() -> None:
    put("s/SKILL.md")
    os.truncate("s/SKILL.md", 20_000_000)
    (skill,) = load(["s"]).skills
    assert [fault.kind for fault in skill.frontmatter.faults] == [FaultKind.TOO_LARGE]


def test_limits_are_the_callers() -> None:
    put("s/SKILL.md")
    (skill,) = load(["s"], limits=Limits(max_file=5)).skills
    assert [fault.kind for fault in skill.frontmatter.faults] == [FaultKind.TOO_LARGE]


_PART = st.sampled_from(
    [
        b"---\n",
        b"name: ",
        b"allowed-tools: ",
        b"\xff",
        b"\0",
        b"```\n",
        b"<!-- skillcheck: ",
        b"-->",
        b"[a](b.md)",
        b"\r",
        b"\n",
        b"> - ",
    ]
)


@given(st.binary(max_size=60) | st.lists(_PART | st.binary(max_size=4), max_size=20).map(b"".join))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read(content: bytes) -> None:
    Path("s").mkdir(exist_ok=True)
    Path("s/SKILL.md").write_bytes(content)
    (skill,) = load(["s"]).skills
    assert skill.documents[0].relative == "SKILL.md"
