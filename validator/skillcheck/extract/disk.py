"""The folder of a skill's snippets -> what lies in it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from skillcheck.extract.snippets import MANIFEST
from skillcheck.model import Snippet

_PASSING = frozenset({"__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache", ".venv"})
_LARGEST = 16 * 1024 * 1024


def files(folder: Path) -> tuple[str, ...]:
    """Return the paths of the files and links below a folder, without caches; no link is followed."""
    return tuple(sorted(_below(folder))) if folder.is_dir() else ()


def content(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file, None where it is missing, is no file of its own, or cannot be read."""
    target = folder / path
    if not is_own(folder, path) or not target.is_file():
        return None
    try:
        return target.read_bytes() if target.stat().st_size <= _LARGEST else None
    except OSError:
        return None


def is_own(folder: Path, path: str) -> bool:
    """Whether a path lies in the folder itself: neither it nor a folder above it is a link or something else."""
    target = folder / path
    parents = [parent for parent in target.parents if parent != folder and folder in parent.parents]
    return not target.is_symlink() and all(
        not parent.is_symlink() and (parent.is_dir() or not parent.exists()) for parent in parents
    )


def recorded(folder: Path) -> dict[str, str]:
    """Return the digest of each file that the manifest on disk lists, nothing where there is none to be read."""
    try:
        data = json.loads(content(folder, MANIFEST) or b"{}")
        listed = data["snippets"] if isinstance(data, Mapping) else ()
        return {str(entry["path"]): str(entry["sha256"]) for entry in listed}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def orphans(snippets: Sequence[Snippet], folder: Path) -> dict[str, bool]:
    """Return the files that belong to no block, each with whether it is ours and as we left it."""
    wanted = {snippet.path for snippet in snippets}
    known = recorded(folder)
    return {
        path: (path == MANIFEST and bool(known)) or _is_unchanged(content(folder, path), known.get(path))
        for path in files(folder)
        if path not in wanted
    }


def _is_unchanged(found: bytes | None, expected: str | None) -> bool:
    return found is not None and hashlib.sha256(found).hexdigest() == expected


def _below(folder: Path) -> Iterator[str]:
    for where, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in _PASSING]
        for name in (*names, *links):
            if not name.endswith((".pyc", ".tmp~")):
                yield (Path(where) / name).relative_to(folder).as_posix()
