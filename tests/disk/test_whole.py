"""Files that are put whole, or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from skillcheck.disk import put


def test_a_file_takes_the_place_of_another_with_the_rights_that_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    put(file, b"new", 0o600)
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_put_is_named_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder" / "in").mkdir(parents=True)
    for target in (tmp_path / "folder", tmp_path / "none" / "a"):
        with pytest.raises(OSError, match=f"{target.name}'$") as caught:
            put(target, b"x")
        assert caught.value.filename == str(target)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        put(tmp_path / "a", b"x")
    assert caught.value.filename == str(tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
