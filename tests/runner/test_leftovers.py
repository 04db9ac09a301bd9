from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.runner.leftovers import YOUNG, claimed, leftovers
from skillcheck.runner.sandbox import private_folder

Made = Callable[..., Path]
NOBODY = 1 << 23
OLD, YOUNG_ONE = f"skillcheck-{NOBODY}-abcdefgh", f"skillcheck-{NOBODY}-12345678"
"""Beyond the largest number that a process can have."""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Make a folder among the temporary ones, as old as is said."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def made(name: str = OLD, age: float = 2 * YOUNG) -> Path:
        folder = tmp_path / name
        (folder / "inner").mkdir(parents=True)
        os.utime(folder, (time.time() - age,) * 2)
        return folder

    return made


def test_what_a_killed_process_left_is_removed_by_the_next(made: Made) -> None:
    folder = made()
    with private_folder() as new:
        assert new.is_dir()
        assert not folder.exists()


@pytest.mark.parametrize(
    "name", [YOUNG_ONE, "skillcheck-mine", f"skillcheck-{os.getpid()}-abcdefgh", "skillcheck-abcdefgh"]
)
def test_what_is_young_or_in_use_or_not_ours_stays(made: Made, name: str) -> None:
    made(name, 0 if name == YOUNG_ONE else 2 * YOUNG)
    assert list(leftovers()) == []


def test_what_is_in_use_stays(made: Made) -> None:
    folder = made()
    with claimed(folder):
        assert list(leftovers()) == []
    assert list(leftovers()) == [folder]


def test_a_folder_in_use_is_marked_as_such(made: Made) -> None:
    made(YOUNG_ONE, 0)
    with private_folder() as folder:
        os.utime(folder, (time.time() - 2 * YOUNG,) * 2)
        assert list(leftovers()) == []


def test_a_file_or_link_by_that_name_stays(made: Made, tmp_path: Path) -> None:
    link = tmp_path / YOUNG_ONE
    link.symlink_to(made("elsewhere"))
    file = tmp_path / OLD
    file.write_bytes(b"")
    os.utime(file, (0, 0))
    os.utime(link, (0, 0), follow_symlinks=False)
    assert list(leftovers()) == []


def test_below_another_nothing_is_looked_for(made: Made, tmp_path: Path) -> None:
    folder = made()
    with private_folder(tmp_path):
        assert folder.exists()
