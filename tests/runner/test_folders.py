"""A folder that several programs get, one after another: each gets it as the first one did."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.runner.folders import Folders
from skillcheck.runner.sandbox import Ended

OVER = Ended({"isolation": ["namespaces", "landlock"]}, 0)


def used(folders: Folders, ended: Ended | None, leave: Callable[[Path], object] = lambda _: None) -> Path:
    with folders.given() as given:
        assert list(given.path.iterdir()) == []
        assert given.path.stat().st_mode & 0o777 == 0o700
        leave(given.path)
        given.ended = ended
    return given.path


def closed(folder: Path) -> None:
    (folder / "inner").mkdir(0o500)
    (folder / "inner").chmod(0)
    folder.chmod(0)


LEFT: list[Callable[[Path], object]] = [
    lambda folder: (folder / "file").write_text("x"),
    lambda folder: (folder / "link").symlink_to("/etc"),
    lambda folder: (folder / "a" / "b").mkdir(parents=True),
    lambda folder: os.mkfifo(folder / "pipe"),
    closed,
]


@pytest.mark.parametrize("leave", LEFT)
def test_the_next_finds_it_empty(tmp_path: Path, leave: Callable[[Path], object]) -> None:
    folders = Folders(tmp_path)
    assert used(folders, OVER, leave) == used(folders, OVER)
    assert Path("/etc/passwd").exists()


@pytest.mark.parametrize(
    "ended", [None, Ended(), Ended({"isolation": ["namespaces"]}), Ended({"isolation": ["landlock", "seccomp"]}, 0)]
)
def test_what_may_still_be_written_to_is_given_to_nobody(tmp_path: Path, ended: Ended | None) -> None:
    folders = Folders(tmp_path)
    assert used(folders, ended) != used(folders, OVER)
    assert len(list(tmp_path.iterdir())) == 1


def test_one_with_attributes_is_given_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = Folders(tmp_path)
    first = used(folders, OVER)
    monkeypatch.setattr(os, "listxattr", lambda _: ["security.selinux"])
    assert used(folders, OVER) == first
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.note"])
    assert used(folders, OVER) == first
    assert not first.exists()


def test_one_that_is_gone_is_given_to_nobody(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    first = used(folders, OVER, lambda folder: folder.rmdir())
    assert folders.free == []
    assert used(folders, OVER) != first


def test_several_at_a_time_have_one_each(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    with folders.given() as one, folders.given() as other:
        assert one.path != other.path
        one.ended = other.ended = OVER
    assert {used(folders, OVER) for _ in range(2)} <= {one.path, other.path}
