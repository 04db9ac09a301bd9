from __future__ import annotations

import io
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load import archive as room
from skillcheck.load.archive import archive
from skillcheck.load.limits import Limits
from skillcheck.model import Archive, FaultKind, Skill

SKILL = "---\nname: top\n---\n[a](a.md)\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            made.writestr(name, content)
    return held.getvalue()


def info(name: str, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system = 3
    made.external_attr = mode << 16
    made.compress_type = method
    return made


def read(content: bytes, folder: Path, **limits: int) -> tuple[Archive, tuple[Skill, ...]]:
    (folder / "b.zip").write_bytes(content)
    return archive(folder / "b.zip", "b.zip", Limits((), **limits))


def test_skills_are_read_in_memory(tmp_path: Path) -> None:
    run = info("top/run.sh", stat.S_IFREG | 0o755)
    found, (skill,) = read(
        zipped(("top/", ""), ("top/SKILL.md", SKILL), ("top/a.md", "# A"), (run, "x"), ("topx", "")), tmp_path
    )
    assert (found.faults, found.size) == ((), (tmp_path / "b.zip").stat().st_size)
    assert [member.path for member in found.members] == ["top/", "top/SKILL.md", "top/a.md", "top/run.sh", "topx"]
    assert (skill.path, skill.folder, skill.location, skill.name) == ("b.zip/top", "top", "", "top")
    assert [document.path for document in skill.documents] == ["b.zip/top/SKILL.md", "b.zip/top/a.md"]
    assert [(file.path, file.executable) for file in skill.files] == [
        ("SKILL.md", False),
        ("a.md", False),
        ("run.sh", True),
    ]
    assert skill.files[1].read() == b"# A"
    assert list(tmp_path.iterdir()) == [tmp_path / "b.zip"]


def test_a_skill_at_the_root_is_named_as_the_archive(tmp_path: Path) -> None:
    _, (skill,) = read(zipped(("SKILL.md", SKILL), ("__MACOSX/SKILL.md", "")), tmp_path)
    assert (skill.path, skill.folder) == ("b.zip", "b")


@pytest.mark.parametrize(
    ("name", "kind", "fact"),
    [
        ("../x", FaultKind.UNSAFE_MEMBER, "leaves the archive by `..`"),
        ("top/../../x", FaultKind.UNSAFE_MEMBER, "leaves the archive by `..`"),
        ("..\\x", FaultKind.UNSAFE_MEMBER, "leaves the archive by `..`"),
        ("/etc/x", FaultKind.UNSAFE_MEMBER, "has an absolute path"),
        ("C:\\x", FaultKind.UNSAFE_MEMBER, "has an absolute path"),
        ("top\\x", FaultKind.UNSAFE_MEMBER, "has backslashes in its path"),
        ("top/a\nb", FaultKind.UNSAFE_MEMBER, "has control characters in its path"),
        ("top/SKILL.md", FaultKind.BAD_ARCHIVE, "is in the archive more than once"),
    ],
)
def test_unsafe_names_are_told(tmp_path: Path, name: str, kind: FaultKind, fact: str) -> None:
    found, (skill,) = read(zipped(("top/SKILL.md", SKILL), (name, "x")), tmp_path)
    (fault,) = found.faults
    assert (fault.kind, fault.fact, fault.place.path) == (kind, f"member `{name}` {fact}", f"b.zip/{name}")
    assert skill.name == "top"


@pytest.mark.parametrize(
    ("member", "kind", "fact"),
    [
        (info("l", stat.S_IFLNK | 0o777), FaultKind.UNSAFE_MEMBER, "is a symbolic link"),
        (info("l", stat.S_IFIFO), FaultKind.UNSAFE_MEMBER, "is a special file"),
        (info("l", 0, zipfile.ZIP_BZIP2), FaultKind.BAD_ARCHIVE, "is compressed by neither of stored and deflated"),
    ],
)
def test_unsafe_members_are_told(tmp_path: Path, member: zipfile.ZipInfo, kind: FaultKind, fact: str) -> None:
    found, skills = read(zipped((member, "/etc/passwd")), tmp_path)
    assert [(fault.kind, fault.fact) for fault in found.faults] == [(kind, f"member `l` {fact}")]
    assert found.members[0].target == ("/etc/passwd" if "link" in fact else None)
    assert skills == ()


def test_problems_of_one_kind_are_one_fault(tmp_path: Path) -> None:
    found, _ = read(zipped(*((f"../{number}", "") for number in range(50))), tmp_path)
    assert [fault.fact for fault in found.faults] == ["member `../0` leaves the archive by `..` (and 49 more)"]


def test_windows_paths_are_read_all_the_same(tmp_path: Path) -> None:
    found, (skill,) = read(zipped(("top\\SKILL.md", SKILL), ("top\\a.md", "")), tmp_path)
    assert [fault.fact for fault in found.faults] == ["member `top\\SKILL.md` has backslashes in its path (and 1 more)"]
    assert (skill.path, len(skill.documents)) == ("b.zip/top", 2)


def test_encrypted_members_are_told(tmp_path: Path) -> None:
    content = bytearray(zipped(("top/SKILL.md", SKILL)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found, skills = read(bytes(content), tmp_path)
    assert [fault.fact for fault in found.faults] == ["member `top/SKILL.md` is encrypted"]
    assert skills == ()
    with pytest.raises(OSError, match="encrypted"):
        found.members[0].read()


def test_a_long_or_broken_link_has_no_target(tmp_path: Path) -> None:
    content = bytearray(
        zipped((info("l", stat.S_IFLNK), "x" * 5000), (info("m", stat.S_IFLNK, zipfile.ZIP_STORED), "yyyy"))
    )
    content[content.index(b"yyyy")] = 0
    found, _ = read(bytes(content), tmp_path)
    assert [member.target for member in found.members] == ["", ""]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    found, skills = read(content, tmp_path)
    assert [fault.kind for fault in found.faults] == [FaultKind.BAD_ARCHIVE]
    assert (found.members, skills) == ((), ())


def test_damaged_members_are_told(tmp_path: Path) -> None:
    content = bytearray(zipped((info("a", 0, zipfile.ZIP_STORED), "payload")))
    content[content.index(b"payload")] = 0
    found, _ = read(bytes(content), tmp_path)
    assert [(fault.kind, fault.fact) for fault in found.faults] == [(FaultKind.BAD_ARCHIVE, "member `a` is damaged")]


def test_sizes_that_lie_are_told(tmp_path: Path) -> None:
    for size in (1, 99_999):
        content = bytearray(zipped(("a", "x" * 50_000)))
        at = content.index(b"PK\x01\x02") + 24
        content[at : at + 4] = size.to_bytes(4, "little")
        found, _ = read(bytes(content), tmp_path)
        assert [fault.fact for fault in found.faults] == ["member `a` is damaged"]


def test_bombs_are_not_unpacked(tmp_path: Path) -> None:
    found, skills = read(zipped(("top/SKILL.md", SKILL), ("a", b"\0" * 5_000_000)), tmp_path)
    assert [(fault.kind, fault.place.path) for fault in found.faults] == [(FaultKind.BOMB, "b.zip")]
    assert (len(found.members), skills) == (2, ())
    with pytest.raises(OSError, match="too much"):
        found.members[0].read()
    (fault,) = read(zipped(("a", "x" * 500), ("b", "x" * 501)), tmp_path, max_unpacked=1000)[0].faults
    assert fault.fact == "the archive unpacks to 1,001 bytes, more than 1,000"


def test_limits_of_the_archive(tmp_path: Path) -> None:
    (fault,) = read(zipped(("a", "x")), tmp_path, max_archive=50)[0].faults
    assert fault.kind is FaultKind.TOO_LARGE
    (many,) = read(zipped(*((f"{number}", "") for number in range(5))), tmp_path, max_members=4)[0].faults
    assert many.kind is FaultKind.TOO_MANY_FILES
    (gone,) = archive(tmp_path / "gone.zip", "gone.zip", Limits())[0].faults
    assert gone.kind is FaultKind.UNREADABLE


_WHOLE = zipped(("top/SKILL.md", SKILL * 9), ("top/a.md", "x" * 300), ("top/b/", ""), (info("l", stat.S_IFLNK), "a.md"))


@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_no_change_of_bytes_raises(changes: list[tuple[int, int]]) -> None:
    content = bytearray(_WHOLE)
    for at, value in changes:
        content[at] = value
    found, _ = room._read(bytes(content), "b", "b.zip", Limits())
    assert found.size == len(_WHOLE)


def test_skills_that_stand_in_one_another_are_read_until_they_hold_too_much(tmp_path: Path) -> None:
    for count, is_read, kinds in ((19, 19, []), (20, 17, [FaultKind.TOO_MANY_FILES])):  # 17 hold 204 files together
        members = [("a/" * depth + "SKILL.md", SKILL) for depth in range(count)]
        found, skills = read(zipped(*members), tmp_path, max_members=20)
        assert [fault.kind for fault in found.faults] == kinds
        assert len(skills) == is_read
