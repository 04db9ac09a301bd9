from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from skillcheck.disk import is_folder
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json
from skillcheck.load.placed_json import parse
from skillcheck.load.plugins import Entry, Reading, plugin
from skillcheck.load.source import Source
from skillcheck.model import FaultKind, Json


def make(root: Path, *skills: str, manifest: Json = None) -> Path:
    for skill in skills:
        (root / skill).mkdir(parents=True)
        (root / skill / "SKILL.md").touch()
    if manifest is not None:
        (root / ".claude-plugin").mkdir(parents=True)
        (root / ".claude-plugin/plugin.json").write_text(json.dumps(manifest))
    return root


def entry(value: dict[str, Json], *, is_root: bool = False) -> Entry:
    data, _ = parse(Source("m", json.dumps({"plugins": [value]})))
    return Entry(data, ("plugins", 0), value, is_root)


def read(root: Path, *listed: Entry) -> Reading:
    return plugin(root, "p", listed, Limits())


def folders(root: Path, reading: Reading) -> list[str]:
    return [folder.relative_to(root).as_posix() for folder in reading.folders]


def test_skills_are_the_default_ones_and_those_named(tmp_path: Path) -> None:
    root = make(
        tmp_path, "skills/b", "skills/a", "more/c", "one", manifest={"skills": ["./more", "./one", "./skills/a"]}
    )
    (root / "skills/README.md").touch()
    assert folders(root, read(root)) == ["more/c", "one", "skills/a", "skills/b"]
    assert folders(root, read(root, entry({"skills": "./more"}, is_root=True))) == ["more/c", "one", "skills/a"]
    made = read(root).plugin(["x"])
    assert (made.path, made.location, made.skills, made.missing, made.faults) == ("p", str(root), ("x",), (), ())


def test_a_skill_may_be_the_plugin_itself(tmp_path: Path) -> None:
    (tmp_path / "SKILL.md").touch()
    assert read(tmp_path).folders == [tmp_path]
    assert read(tmp_path).plugin(()).manifest is None


def test_missing_components_have_their_place(tmp_path: Path) -> None:
    manifest: Json = {
        "name": "n",
        "skills": ["./gone", "bare", 3],
        "commands": {"x": {"source": "./x.md"}, "y": {"content": "z"}, "z": 1},
        "agents": "./a.md",
        "mcpServers": {"inline": {}},
        "hooks": "./\0",
        "experimental": {"themes": "./themes"},
    }
    reading = read(make(tmp_path, manifest=manifest), entry({"agents": ["./b.md"]}))
    assert [value for value, _, _ in reading.missing] == ["./gone", "./x.md", "./a.md", "./\0", "./themes", "./b.md"]
    _, pointer, place = reading.missing[0]
    path = place.path
    assert pointer == ("skills", 0)
    text = (tmp_path / ".claude-plugin/plugin.json").read_text()
    assert (path, text[place.column - 1 :][:8]) == ("p/.claude-plugin/plugin.json", '"./gone"')
    assert reading.missing[-1][2].path == "m"


def test_components_do_not_leave_the_plugin(tmp_path: Path) -> None:
    reading = read(make(tmp_path, manifest={"skills": "./../x"}))
    assert [fault.kind for fault in reading.faults] == [FaultKind.LINK_ESCAPES]
    assert (reading.missing, reading.folders) == ([], [])


def test_what_an_entry_names_may_climb_and_come_back(tmp_path: Path) -> None:
    root = make(tmp_path, "more/a")
    reading = read(root, entry({"skills": ["./gone/../more", "./more/../gone", "./more/../../x"]}))
    assert folders(root, reading) == ["more/a"]
    assert [path for path, _, _ in reading.missing] == ["./more/../gone"]
    assert [fault.kind for fault in reading.faults] == [FaultKind.LINK_ESCAPES]


@pytest.mark.parametrize(
    ("text", "kind", "fact"),
    [
        (b"{", FaultKind.BAD_JSON, "the file ends where a key in double quotes belongs"),
        (b"[]", FaultKind.NOT_A_MAPPING, "the file holds a list, not an object"),
        (b"1.5", FaultKind.NOT_A_MAPPING, "the file holds a number, not an object"),
        (b"null", FaultKind.NOT_A_MAPPING, "the file holds a null, not an object"),
        (b'{"a": "\xff"}', FaultKind.NOT_UTF8, "byte 0xff at offset 7 is not UTF-8"),
        (b"{" + b" " * 99, FaultKind.TOO_LARGE, "the file holds 100 bytes, more than the 99 that are read"),
    ],
)
def test_what_is_no_manifest_is_one_fault(tmp_path: Path, text: bytes, kind: FaultKind, fact: str) -> None:
    (tmp_path / "f.json").write_bytes(text)
    data, (fault,) = load_json(tmp_path / "f.json", "f", Limits(max_file=99))
    assert (fault.kind, fault.fact, fault.place.path) == (kind, fact, "f")
    assert isinstance(data.value, dict)


def test_an_unreadable_manifest_is_told(tmp_path: Path) -> None:
    _, (fault,) = load_json(tmp_path / "gone.json", "f", Limits())
    assert fault.kind is FaultKind.UNREADABLE


def test_a_byte_order_mark_is_taken(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    data, faults = load_json(tmp_path / "f.json", "f", Limits())
    assert (data.value, faults) == ({"a": 1}, ())


def test_what_cannot_be_a_path_does_not_exist(tmp_path: Path) -> None:
    assert not is_folder(tmp_path / ("x" * 5000))
    assert is_folder(tmp_path)


def test_folders_that_may_not_be_looked_into_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make(tmp_path, "skills/a", manifest={"name": "n"})
    (root / "agents").mkdir()
    (root / "hooks").touch()
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert [(fault.kind, fault.place.path) for fault in read(root).faults] == [(FaultKind.UNREADABLE, "p/agents")]


def test_components_in_submodules_that_were_not_fetched_are_not_missing(tmp_path: Path) -> None:
    root = make(tmp_path, manifest={"skills": ["./other/a", "./empty", "./gone", "./bare"], "agents": ["./other/b.md"]})
    (root / ".gitmodules").write_text("path = other\npath = empty\n")
    for name in ("empty", "bare"):
        (root / name).mkdir()
    reading = read(root)
    assert [value for value, _, _ in reading.missing] == ["./gone"]
    assert [value for value, _ in reading.empty] == ["./bare"]
