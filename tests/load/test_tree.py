from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from skillcheck.disk import trusted_root
from skillcheck.load import tree as room
from skillcheck.load.limits import Limits
from skillcheck.load.tree import Tree, read_file, shown, tree
from skillcheck.model import FaultKind


def listed(folder: Path, root: Path | None = None, **limits: int) -> Tree:
    return tree(str(folder), str(folder.resolve()), "s", root or folder, Limits((), **limits))


def paths(found: Tree) -> list[str]:
    return [file.path for file in found.files]


def kinds(found: Tree) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.place.path) for fault in found.faults]


def test_files_are_listed_in_order_without_caches(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.txt", ".git/config", "node_modules/x.js", "__pycache__/a.pyc", ".claude/d"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "b.md").chmod(0o755)
    found = listed(tmp_path)
    assert paths(found) == [".claude/d", "a/c.txt", "b.md"]
    assert [(file.place.path, file.size, file.executable) for file in found.files[1:]] == [
        ("s/a/c.txt", 1, False),
        ("s/b.md", 1, True),
    ]
    assert found.files[2].read() == b"x"


def test_links_inside_the_root_are_followed(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/a.py").write_text("x")
    (tmp_path / "skill").mkdir()
    (tmp_path / "skill/dir").symlink_to("../shared")
    (tmp_path / "skill/file").symlink_to("../shared/a.py")
    found = listed(tmp_path / "skill", tmp_path)
    assert [(file.path, file.target) for file in found.files] == [("dir/a.py", None), ("file", "../shared/a.py")]
    assert found.faults == []


def test_links_that_leave_the_root_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "skill").mkdir()
    (tmp_path / "skill2").mkdir()
    (tmp_path / "skill/dir").symlink_to("../skill2")
    (tmp_path / "skill/passwd").symlink_to("/etc/passwd")
    found = listed(tmp_path / "skill")
    assert paths(found) == []
    assert kinds(found) == [(FaultKind.LINK_ESCAPES, "s/dir"), (FaultKind.LINK_ESCAPES, "s/passwd")]
    assert "`/etc/passwd`" in found.faults[1].fact


def test_link_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/up").symlink_to("..")
    (tmp_path / "me").symlink_to("me")
    assert kinds(listed(tmp_path)) == [(FaultKind.LINK_LOOP, "s/a/up"), (FaultKind.LINK_LOOP, "s/me")]


def test_a_broken_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("gone")
    (fault,) = listed(tmp_path).faults
    assert (fault.kind, fault.fact) == (FaultKind.NOT_FOUND, "the link points at `gone`, which does not exist")


def test_special_files_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("sock")
        assert [fault.fact for fault in listed(tmp_path).faults] == [
            "a named pipe, not a file, and is not read",
            "a socket, not a file, and is not read",
        ]
    with pytest.raises(OSError, match="not a regular file"):
        read_file("pipe")


def test_a_file_is_read_to_its_end_however_little_comes_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: whole(descriptor, min(size, 3)))
    assert room.read_file(str(tmp_path / "a")) == b"0123456789"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        room.read_file(str(tmp_path))


def test_too_many_files_are_told_once(tmp_path: Path) -> None:
    for name in ("a/1", "a/2", "a/3", "b/1", "c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = listed(tmp_path, max_files=3)
    assert paths(found) == ["a/1", "a/2"]
    assert kinds(found) == [(FaultKind.TOO_MANY_FILES, "s/a")]


def test_a_graph_of_links_is_bounded(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"d{number}").mkdir()
        for name in ("x", "y"):
            (tmp_path / f"d{number}/{name}").symlink_to(f"../d{number + 1}")
    (tmp_path / "d20").mkdir()
    assert FaultKind.TOO_MANY_FILES in {fault.kind for fault in listed(tmp_path, max_files=500).faults}


def test_unreadable_folders_and_entries_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    whole = room.entries

    def refused(folder: str) -> list[os.DirEntry[str]]:
        if folder.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return whole(folder)

    monkeypatch.setattr(room, "entries", refused)
    (fault,) = listed(tmp_path).faults
    assert (fault.kind, fault.place.path) == (FaultKind.UNREADABLE, "s/a")
    _, path, fact, _ = room._broken("p", None, PermissionError(13, "Permission denied"))
    assert (path, fact) == ("p", "cannot be read: Permission denied")


def test_paths_are_shown_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert shown(tmp_path / "in/a/b") == "a/b"
    assert shown("./a//b") == "a/b"
    assert shown("../out") == "../out"
    assert shown(tmp_path / "out") == (tmp_path / "out").as_posix()


def test_the_repository_bounds_links(tmp_path: Path) -> None:
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    assert trusted_root(inner, tmp_path / "a") == tmp_path / "a"
    (tmp_path / ".git").touch()
    assert trusted_root(inner, tmp_path / "a") == tmp_path


def test_deep_folders_end(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 150)
    deep.mkdir(parents=True)
    (fault,) = listed(tmp_path).faults
    assert (fault.kind, fault.fact) == (FaultKind.TOO_MANY_FILES, "folders nested deeper than 100 levels are not read")


def test_names_that_are_not_utf8_can_be_printed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff")).write_text("x")
    (file,) = listed(tmp_path).files
    assert (file.path, file.place.path, file.read()) == ("a\ufffd", "s/a\ufffd", b"x")
    assert shown(os.fsdecode(b"/no/a\xff")) == "/no/a\ufffd"
