"""The new text of a file -> the file, replaced at once."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the rights that it has; a link goes on leading to it.

    Raises OSError where that cannot be done.
    """
    target = path.resolve(strict=True)
    draft = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
