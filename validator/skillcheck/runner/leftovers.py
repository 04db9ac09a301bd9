"""Private folders → those whose process was killed before it could remove them."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OURS = re.compile(r"skillcheck-(?P<pid>\d+)-\w{8}")
YOUNG = 60.0
"""Seconds in which a folder that somebody has just made may still be unclaimed."""


def prefix() -> str:
    """Return how the names of this process's folders begin."""
    return f"skillcheck-{os.getpid()}-"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Mark a folder as in use until this process ends, however it ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def leftovers() -> Iterator[Path]:
    """Yield the private folders of this user that nobody uses any more."""
    for folder in Path(tempfile.gettempdir()).iterdir():
        ours = OURS.fullmatch(folder.name)
        if ours is None or Path("/proc", ours["pid"]).exists():
            continue
        with suppress(OSError):  # it is another user's, in use, or gone already
            known = folder.lstat()
            old = time.time() - known.st_mtime > YOUNG
            if old and known.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink():
                with claimed(folder):
                    yield folder
