"""This machine → the Python interpreters on it that blocks can be proven with."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from skillcheck.environments.installer import UvError, known_pythons

OLDEST = (3, 11)
RELEASE = re.compile(r"3\.\d+\.\d+")
Version = tuple[int, ...]


def pythons() -> tuple[tuple[str, str], ...]:
    """Return path and version of the newest CPython of each minor version from 3.11 on that is here."""
    newest: dict[Version, tuple[Version, str]] = {}
    for version, path in (*_of_uv(), *_of_pyenv()):
        if path and version >= OLDEST:
            newest[version[:2]] = max(newest.get(version[:2], (version, path)), (version, path))
    if RELEASE.fullmatch(platform.python_version()):
        newest.setdefault(sys.version_info[:2], (sys.version_info[:3], sys.executable))
    return tuple((path, ".".join(map(str, version))) for _, (version, path) in sorted(newest.items()))


def absent() -> tuple[str, ...]:
    """Return the minor versions from 3.11 on that have been released and are not here, as far as uv knows them."""
    here = {".".join(version.split(".")[:2]) for _, version in pythons()}
    released = sorted({version[:2] for version, _ in _of_uv() if version >= OLDEST})
    return tuple(name for name in (".".join(map(str, version)) for version in released) if name not in here)


def _of_uv() -> Iterator[tuple[Version, str | None]]:
    """Yield what uv lists, without a path where it is not here."""
    try:
        listed = json.loads(known_pythons())
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
