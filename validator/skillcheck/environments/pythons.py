"""This machine → the Python interpreters on it that blocks can be proven with."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from skillcheck.environments.installer import UvError, uv

OLDEST = (3, 11)
RELEASE = re.compile(r"3\.\d+\.\d+")
Version = tuple[int, ...]


def pythons() -> tuple[tuple[str, str], ...]:
    """Return path and version of the newest CPython of each minor version from 3.11 on that uv or pyenv has."""
    newest: dict[Version, tuple[Version, str]] = {}
    for version, path in (*_of_uv(), *_of_pyenv()):
        if version >= OLDEST:
            newest[version[:2]] = max(newest.get(version[:2], (version, path)), (version, path))
    return tuple((path, ".".join(map(str, version))) for _, (version, path) in sorted(newest.items()))


def _of_uv() -> Iterator[tuple[Version, str]]:
    try:
        listed = json.loads(uv("python", "list", "--only-installed", "--output-format", "json"))
    except (UvError, OSError, ValueError):
        return
    for found in listed:
        if (
            found["implementation"] == "cpython"
            and found["variant"] == "default"
            and RELEASE.fullmatch(found["version"])
        ):
            yield _version(found["version"]), found["path"]


def _of_pyenv() -> Iterator[tuple[Version, str]]:
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in root.glob("versions/*"):
        if RELEASE.fullmatch(folder.name) and (folder / "bin" / "python").exists():
            yield _version(folder.name), str(folder / "bin" / "python")


def _version(text: str) -> Version:
    return tuple(int(part) for part in text.split("."))
