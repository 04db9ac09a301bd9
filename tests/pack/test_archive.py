from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillcheck.model import FaultKind, Place, Skill, Snippet
from skillcheck.pack import EPOCH, Packing, build, left_out, pack, write

Make = Callable[..., Skill]
TREE = {"scripts/a.sh": "#!/bin/sh\n", "references/b.md": "b\n"}
SHA256 = "c8b07a9d4f565a72abcb93f7acb56b853c9a25cbcc28f6dbe3bf68d7c475470c"


def opened(data: bytes) -> ZipFile:
    return ZipFile(BytesIO(data))


def test_a_zip_has_one_top_folder_named_as_the_skill(make: Make) -> None:
    with opened(build(make(TREE), snippets=[Snippet("x.py", "x", Place("p"))])) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "pdf-forms/SKILL.md",
            "pdf-forms/references/b.md",
            "pdf-forms/scripts/a.sh",
            "pdf-forms/snippets/x.py",
        ]
        assert archive.read("pdf-forms/references/b.md") == b"b\n"


def test_times_modes_and_system_are_fixed(make: Make) -> None:
    with opened(build(make(TREE))) as archive:
        for info in archive.infolist():
            mode = 0o100755 if info.filename.endswith(".sh") else 0o100644
            assert (info.external_attr >> 16, info.create_system, info.compress_type) == (mode, 3, ZIP_STORED)
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.extra, info.comment, info.flag_bits) == (b"", b"", 0)


@pytest.mark.parametrize(
    ("epoch", "moment"),
    [
        (0, (1980, 1, 1, 0, 0, 0)),
        (EPOCH, (1980, 1, 1, 0, 0, 0)),
        (1_700_000_000, (2023, 11, 14, 22, 13, 20)),
        (10**12, (2107, 12, 31, 23, 59, 58)),
    ],
)
def test_the_epoch_is_told_in_utc_and_within_what_a_zip_can_tell(
    make: Make, monkeypatch: pytest.MonkeyPatch, epoch: int, moment: tuple[int, ...]
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        with opened(build(make(), epoch=epoch)) as archive:
            assert archive.infolist()[0].date_time == moment
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_bytes_depend_on_nothing_but_the_skill(make: Make) -> None:
    first = pack(make(TREE))
    before = os.umask(0o077)
    try:
        again = pack(make(dict(reversed(TREE.items()))))
    finally:
        os.umask(before)
    assert first == again
    assert first.members == 3


def test_the_bytes_are_these_on_every_machine(make: Make) -> None:
    assert hashlib.sha256(build(make(TREE))).hexdigest() == SHA256


def faults(packing: Packing) -> list[tuple[str, str]]:
    assert packing.data is None
    assert all(fault.kind is FaultKind.UNPACKABLE and fault.remedy for fault in packing.faults)
    return [(str(fault.place), fault.fact) for fault in packing.faults]


NAMED = "skills/pdf-forms/SKILL.md:2:7"


@pytest.mark.parametrize(
    ("name", "place", "fact"),
    [
        ("''", "skills/pdf-forms/SKILL.md:1:1", "the frontmatter has no name"),
        ("3", "skills/pdf-forms/SKILL.md:1:1", "the frontmatter has no name"),
        ("Pdf", NAMED, "`Pdf` cannot name the top folder of an upload"),
        ("a--b", NAMED, "`a--b` cannot name the top folder of an upload"),
        ("../x", NAMED, "`../x` cannot name the top folder of an upload"),
        ("a" * 65, NAMED, f"`{'a' * 65}` cannot name the top folder of an upload"),
    ],
)
def test_a_name_that_the_upload_refuses_is_a_fault(make: Make, name: str, place: str, fact: str) -> None:
    assert faults(pack(make(skill_md=f"---\nname: {name}\n---\n"))) == [(place, fact)]


@pytest.mark.parametrize(
    ("path", "fact"),
    [
        ("a b.md", "the path `a b.md` holds U+0020, an upload takes no such character"),
        ("a\\b?.md", "the path `a\\b?.md` holds U+003F, U+005C, an upload takes no such character"),
        (
            "каталог.md",
            "the path `каталог.md` holds U+0430, U+0433, U+043A, U+043B, U+043E, an upload takes no such character",
        ),
        ("a\n.md", "the path `a\n.md` holds U+000A, an upload takes no such character"),
        ("examples/SKILL.md", "`examples/SKILL.md` is a second SKILL.md, an upload takes exactly one"),
        ("examples/skill.MD", "`examples/skill.MD` is a second SKILL.md, an upload takes exactly one"),
        ("skill.md", "`SKILL.md` and `skill.md` are one name where case is not told apart"),
        ("assets/x.ZIP", "`assets/x.ZIP` is a ZIP, an upload takes none inside"),
    ],
)
def test_a_path_that_the_upload_refuses_is_a_fault(make: Make, path: str, fact: str) -> None:
    assert faults(pack(make({path: "x"}))) == [(f"skills/pdf-forms/{path}:1:1", fact)]


def test_folders_that_differ_in_case_alone_are_a_fault(make: Make) -> None:
    packing = pack(make({"Scripts/a.py": "", "scripts/b.py": "", "scripts/c.py": ""}))
    fact = "`Scripts` and `scripts` are one name where case is not told apart"
    assert faults(packing) == [("skills/pdf-forms/scripts/b.py:1:1", fact)]


def test_a_snippet_is_blamed_at_its_block(make: Make) -> None:
    packing = pack(make(), snippets=[Snippet("ä.py", "", Place("skills/pdf-forms/SKILL.md", 20))])
    assert [place for place, _ in faults(packing)] == ["skills/pdf-forms/SKILL.md:20:1"]


@pytest.mark.parametrize("path", ["[slug].tsx", "a+b@2~(x)=1,{y}#z!.md", "__init__.py", "a.b.c"])
def test_other_paths_are_taken(make: Make, path: str) -> None:
    assert pack(make({path: "x"})).faults == ()


def test_a_skill_that_is_too_large_is_a_fault_before_it_is_read(make: Make) -> None:
    limit = 31_457_280
    film = replace(make({"assets/film": OSError("never read")}).files[1], size=limit)
    skill = replace(make(), files=(*make().files, film))
    ((place, fact),) = faults(pack(skill))
    assert place == "skills/pdf-forms:1:1"
    assert (
        fact == f"the files of the skill have {limit + skill.files[0].size:,} bytes together, an upload takes {limit:,}"
    )


def test_a_skill_without_skill_md_is_a_fault(make: Make) -> None:
    skill = replace(make(), files=())
    assert faults(pack(skill)) == [("skills/pdf-forms:1:1", "the skill has no SKILL.md that could be packed")]


def test_a_frontmatter_that_cannot_be_reduced_is_a_fault(make: Make) -> None:
    fact = "`model` cannot be taken out of the frontmatter without changing another key"
    skill = make(skill_md="---\n{name: a, model: x}\n---\n")
    assert faults(pack(skill)) == [("skills/pdf-forms/SKILL.md:1:1", fact)]


@pytest.mark.parametrize(
    ("error", "fact"),
    [
        (PermissionError(13, "Permission denied", "a.md"), "`a.md` cannot be read: Permission denied"),
        (OSError("gone"), "`skills/pdf-forms` cannot be read: gone"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(make: Make, error: OSError, fact: str) -> None:
    assert faults(pack(make({"a.md": error}))) == [("skills/pdf-forms/SKILL.md:1:1", fact)]


def test_build_says_why_it_cannot(make: Make) -> None:
    with pytest.raises(ValueError, match="a second SKILL"):
        build(make({"a/SKILL.md": ""}))


def test_a_file_is_written_whole_with_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "dist/a.zip"
    before = os.umask(0o022)
    try:
        write(b"one", path)
        write(b"two", path)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert [entry.name for entry in path.parent.iterdir()] == ["a.zip"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(b"new", path)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.zip"]


paths = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.dictionaries(paths, st.binary(max_size=20), max_size=5))
def test_any_tree_is_packed_as_it_is_or_refused(make: Make, files: dict[str, bytes]) -> None:
    skill = make({f"references/{path}": content for path, content in files.items()})
    packing = pack(skill)
    assert (packing.data is None) == bool(packing.faults)
    if packing.data is not None:
        out = {path for path, _ in left_out(skill)}
        with opened(packing.data) as archive:
            found = {name: archive.read(name) for name in archive.namelist()[1:]}
        expected = {f"references/{path}": content for path, content in files.items()}
        assert found == {f"pdf-forms/{path}": expected[path] for path in expected if path not in out}
