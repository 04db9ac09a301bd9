"""Files and the folder that they are for → the files on disk, where nothing stood before."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


class TakenError(Exception):
    """Something stands already where a file is to be written; the message is its path."""


def put(folders: Mapping[Path, Mapping[str, str]]) -> tuple[Path, ...]:
    """Write the files of each folder and return their paths; nothing is written where one of the folders is there."""
    for folder in folders:
        if folder.exists():
            raise TakenError(str(folder))
    return tuple(_write(folder / name, text) for folder, files in folders.items() for name, text in files.items())


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
