"""A path → the folders out of which nothing leads that may be read or written for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from skillcheck.disk.there import is_folder

MANIFESTS = ".claude-plugin"
"""The folder in which plugins and marketplaces have their manifests."""


def trusted_root(folder: Path, given: Path) -> Path:
    """Return the folder that links may not leave: the repository around it, else the one that was given."""
    above = str(folder)
    while not os.path.exists(f"{above}/.git"):  # noqa: PTH110 - asked of many folders
        if above == (above := os.path.dirname(above)):  # noqa: PTH120 - as above
            return given
    return Path(above)


def bounds(given: str | Path) -> tuple[str, ...]:
    """Return the real paths of the folders that links may not leave: around what was given, and where that leads."""
    folder = Path(given)
    if not is_folder(folder):
        folder = folder.parent.parent if folder.parent.name == MANIFESTS else folder.parent
    real = Path(os.path.realpath(folder))
    return tuple({os.path.realpath(trusted_root(folder.absolute(), folder)), str(trusted_root(real, real))})


def is_within(path: str, roots: Iterable[str]) -> bool:
    """Whether a real path is that of one of the folders, or of what is below it."""
    return any(path == root or path.startswith(root if root.endswith("/") else f"{root}/") for root in roots)
