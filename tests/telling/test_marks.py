from __future__ import annotations

import os
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from skillcheck.load import Lines, load
from skillcheck.model import Bundle, Finding, Place, Severity
from skillcheck.telling import marked

TEXT = "---\nname: demo\ndescription: d\n---\n\nfirst\n\nsame\n\nsame\n"


def finding(path: str, line: int, code: str = "SK401") -> Finding:
    return Finding(code, "name", Severity.ERROR, Place(path, line), "message", "fix")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/SKILL.md").write_text(TEXT)
    return tmp_path


def prints(root: Path, *findings: Finding) -> list[str]:
    return [each.fingerprint for each in marked(findings, Lines(load(["demo"])), root)]


def test_the_line_is_that_of_the_place(here: Path) -> None:
    (here / "x.json").write_bytes(b"\xef\xbb\xbf{\r\n  1\r2\n}")
    lines = Lines(load(["demo"]), around=[here])
    assert [lines.at(Place("demo/SKILL.md", line)) for line in (2, 6, 99)] == ["name: demo", "first", ""]
    assert [lines.at(Place("x.json", line)) for line in (1, 2, 3)] == ["{", "  1", "2"]


def test_what_cannot_be_read_has_no_lines(here: Path) -> None:
    (here / "large").write_text("x" * 1024 * 1024 + "x")
    os.mkfifo(here / "pipe")
    (here / "secret").write_text("x")
    lines = Lines(Bundle(()), around=[here])
    assert {lines.at(Place(path)) for path in ("large", "pipe", "nowhere", "a\0b", "demo")} == {""}


def test_a_file_that_may_not_be_read_has_no_lines(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError

    (here / "secret").write_text("x")
    monkeypatch.setattr(sys.modules["skillcheck.load.lines"], "read_file", refuse)
    assert Lines(Bundle(()), around=[here]).at(Place("secret")) == ""


def test_a_file_outside_the_project_is_told_from_one_inside(here: Path) -> None:
    (here / "project").mkdir()
    inside, outside = prints(here / "project", finding("project/SKILL.md", 1), finding("SKILL.md", 1))
    assert inside == prints(here, finding("SKILL.md", 1))[0] != outside
    assert outside == prints(here / "project", finding("project/../SKILL.md", 1))[0]


def test_a_fingerprint_survives_moved_lines_and_other_spacing(here: Path) -> None:
    before = prints(here, finding("demo/SKILL.md", 6), finding("demo/SKILL.md", 8), finding("demo/SKILL.md", 10))
    moved = TEXT.replace("first", "new\n\n  first ")
    (here / "demo/SKILL.md").write_text(moved)
    after = prints(here, finding("demo/SKILL.md", 8), finding("demo/SKILL.md", 10), finding("demo/SKILL.md", 12))
    assert before == after
    assert len(set(before)) == 3


def test_a_fingerprint_is_of_the_project_not_of_where_one_stands(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = prints(here, finding("demo/SKILL.md", 6))
    monkeypatch.chdir(here / "demo")
    (after,) = marked([finding("SKILL.md", 6)], Lines(load(["."])), here)
    assert [after.fingerprint] == before


def test_other_rules_and_other_lines_have_other_fingerprints(here: Path) -> None:
    found = prints(here, finding("demo/SKILL.md", 6), finding("demo/SKILL.md", 6, "SK402"), finding("demo/SKILL.md", 2))
    assert len(set(found)) == 3


def test_a_fingerprint_is_made_of_what_it_is_said_to_be_made_of(here: Path) -> None:
    told = prints(here, finding("demo/SKILL.md", 8), finding("demo/SKILL.md", 10))
    parts = (("SK401", "demo/SKILL.md", "same", number) for number in "01")
    assert told == [sha256("\0".join(each).encode()).hexdigest()[:32] for each in parts]


def test_all_that_is_found_in_one_long_line_is_told_in_time(here: Path) -> None:
    (here / "demo/SKILL.md").write_text(TEXT + "[a](b.md) " * 50_000)
    begin = time.process_time()
    assert len(set(prints(here, *[finding("demo/SKILL.md", 11)] * 3_000))) == 3_000
    assert time.process_time() - begin < 15
