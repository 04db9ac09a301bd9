"""The new text of a file -> the file, replaced at once."""

from __future__ import annotations

import stat
from pathlib import Path

from skillcheck.disk import put


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the rights that it has; a link goes on leading to it.

    Raises OSError where that cannot be done.
    """
    target = path.resolve(strict=True)
    put(target, content, stat.S_IMODE(target.stat().st_mode))
