from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from skillcheck.load import walk as room
from skillcheck.load.limits import Limits
from skillcheck.load.tree import entries
from skillcheck.load.walk import Found, search
from skillcheck.model import FaultKind


def put(root: Path, *paths: str, text: str = "---\nname: x\n---\n") -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def found(root: Path) -> Found:
    return search(root, Limits())


def names(root: Path, paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(root).as_posix() for path in paths]


def kinds(got: Found) -> list[FaultKind]:
    return [fault.kind for fault in got.faults]


def test_skills_are_found_everywhere_but_in_caches(tmp_path: Path) -> None:
    put(tmp_path, "b/SKILL.md", "a/x/SKILL.md", "a/SKILL.md", ".claude/skills/c/SKILL.md", "node_modules/d/SKILL.md")
    put(tmp_path, ".git/e/SKILL.md", ".venv/f/SKILL.md", "__pycache__/SKILL.md", "g/SKILL.md/inner.txt")
    assert names(tmp_path, found(tmp_path).skills.values()) == [".claude/skills/c", "a", "a/x", "b"]


def test_a_linked_folder_is_searched_once_and_last(tmp_path: Path) -> None:
    put(tmp_path, "z/s/SKILL.md")
    (tmp_path / "a").symlink_to("z")
    (tmp_path / "b").symlink_to("z/s")
    (tmp_path / "c").symlink_to("gone")
    (tmp_path / "d").symlink_to("z/s/SKILL.md")
    got = found(tmp_path)
    assert (names(tmp_path, got.skills.values()), got.faults) == (["z/s"], [])


def test_a_linked_skill_outside_is_taken_but_not_what_is_below(tmp_path: Path) -> None:
    put(tmp_path, "out/SKILL.md", "out/in/SKILL.md", "more/s/SKILL.md")
    root = tmp_path / "root"
    root.mkdir()
    (root / "linked").symlink_to("../out")
    (root / "more").symlink_to("../more")
    got = found(root)
    assert (got.skills, got.outside) == ({}, {str(tmp_path / "out"): root / "linked"})


def test_loops_are_told_once_outside_of_skills(tmp_path: Path) -> None:
    put(tmp_path, "s/SKILL.md")
    for loop in ("up", "s/up"):
        (tmp_path / loop).symlink_to("..")
    (tmp_path / "here").symlink_to(".")
    (tmp_path / "me").symlink_to("me")
    (tmp_path / "s/me").symlink_to("me")
    got = found(tmp_path)
    assert [(fault.kind, Path(fault.place.path).name) for fault in got.faults] == [
        (FaultKind.LINK_LOOP, "here"),
        (FaultKind.LINK_LOOP, "me"),
        (FaultKind.LINK_LOOP, "up"),
    ]


def test_nearly_skill_md_is_told_where_it_looks_like_one(tmp_path: Path) -> None:
    put(tmp_path, "a/skill.md", "b/Skill.md", "c/skill.md", "c/SKILL.md")
    put(tmp_path, "d/skill.md", text="# How to write a skill\n")
    put(tmp_path, "e/skill.md", text="x" * 2_000_000)
    (tmp_path / "f").mkdir()
    os.mkfifo(tmp_path / "f/skill.md")
    got = found(tmp_path)
    assert [fault.fact for fault in got.faults] == [
        "`skill.md` is not loaded, only `SKILL.md` is",
        "`Skill.md` is not loaded, only `SKILL.md` is",
    ]
    assert set(kinds(got)) == {FaultKind.WRONG_CASE}


def test_plugins_and_marketplaces_are_found(tmp_path: Path) -> None:
    put(
        tmp_path,
        "p/.claude-plugin/plugin.json",
        "m/.claude-plugin/marketplace.json",
        "empty/.claude-plugin/x",
        text="{}",
    )
    put(tmp_path, "lone/marketplace.json", ".cursor-plugin/marketplace.json", text='{"plugins": []}')
    put(tmp_path, "other/marketplace.json", text='{"items": []}')
    got = found(tmp_path)
    assert names(tmp_path, got.plugins) == ["p"]
    assert [file.relative_to(tmp_path).as_posix() for _, file in got.markets] == [
        "lone/marketplace.json",
        "m/.claude-plugin/marketplace.json",
    ]
    assert len(found(tmp_path / "other").markets) == 1
    assert found(tmp_path / "m/.claude-plugin").markets == []


def test_unreadable_folders_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/x", "s/SKILL.md", "s/a/x")
    whole = entries

    def refused(folder: str) -> list[os.DirEntry[str]]:
        if folder.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(room, "entries", refused)
    got = found(tmp_path)
    assert [(fault.kind, Path(fault.place.path).parent) for fault in got.faults] == [(FaultKind.UNREADABLE, tmp_path)]


def test_a_folder_in_the_place_of_a_skill_is_told_where_no_other_stands_around_it(tmp_path: Path) -> None:
    put(tmp_path, "a/SKILL.md/x", "b/x", "s/SKILL.md", "s/t/SKILL.md/x")
    (tmp_path / "b/SKILL.md").symlink_to("../a/SKILL.md")
    told = [(fault.kind, fault.place.path) for fault in found(tmp_path).faults]
    assert told == [(FaultKind.UNREADABLE, str(tmp_path / path)) for path in ("a/SKILL.md", "b/SKILL.md")]


def test_a_manifest_that_may_not_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/.claude-plugin/plugin.json", text="{}")
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith(".claude-plugin"))
    (fault,) = found(tmp_path).faults
    assert (fault.kind, fault.place.path.endswith("a/.claude-plugin")) == (FaultKind.UNREADABLE, True)
    assert fault.fact == "the folder may not be looked into, so that nothing in it is read"
