"""Folder -> the folders below it in which git keeps other repositories, and those of them that were not fetched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from skillcheck.disk import is_within
from skillcheck.load.limits import Limits
from skillcheck.load.tree import read_file

_FILE = ".gitmodules"
_PATH = re.compile(rb'^[ \t]*path[ \t]*=[ \t]*"?([^"\r\n]*[^"\s])', re.MULTILINE)


def unfetched(root: Path, limits: Limits) -> tuple[str, ...]:
    """Return the submodules of a repository, by their paths, that hold nothing here.

    Claude Code fetches them with the repository; a checkout does only where it is told to.
    """
    with suppress(OSError):  # a file that is not there, or cannot be read, names none
        paths = (found.decode(errors="replace") for found in _PATH.findall(read_file(str(root / _FILE), limits.roots)))
        return tuple(path for path in paths if _is_bare(root / path))
    return ()


def is_unfetched(path: str, submodules: Collection[str]) -> bool:
    """Return whether a path is one of these submodules or lies in it."""
    return bool(submodules) and is_within(posixpath.normpath(path), submodules)


def _is_bare(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return True
