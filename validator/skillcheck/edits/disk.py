"""The text of a file, and the file with another text in its place."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from skillcheck.disk import put


def read(path: str) -> str | None:
    """Return the text of a file with its own line ends and mark; None where it is no file of UTF-8."""
    file = Path(path)
    try:
        return file.read_bytes().decode("utf-8") if file.is_file() else None
    except (OSError, ValueError):  # ValueError: not UTF-8, or a path that no file can have
        return None


def write(path: str, text: str) -> None:
    """Put a file with this text in the place of the old one, with its mode: readers see the one or the other."""
    file = Path(os.path.realpath(path))
    put(file, text.encode("utf-8"), stat.S_IMODE(file.stat().st_mode))
