"""A path and bytes -> a file that holds them all, or what was there before."""

from __future__ import annotations

import os
from pathlib import Path


def put(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file whole or not at all, in a folder that is there: it is made beside `path`, then takes its place.

    It gets the rights `mode`, else those of any new file. An OSError names `path`, not what was to take its place.
    """
    import secrets  # noqa: PLC0415 - whose modules only a call that writes needs

    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            draft.chmod(mode)
        draft.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        draft.unlink(missing_ok=True)
