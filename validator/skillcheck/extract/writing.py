"""Snippets -> files on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from skillcheck.disk import put
from skillcheck.extract import disk
from skillcheck.extract.snippets import MANIFEST, encoded
from skillcheck.model import Snippet


def write(snippets: Sequence[Snippet], folder: Path) -> tuple[str, ...]:
    """Write what differs and remove what is ours and belongs to no block; return the paths of both, sorted.

    Each file is replaced at once. What the manifest on disk does not list, or what was changed since, is left alone,
    and so is a path that a link or a folder stands in the way of: `drift` goes on telling of it. Raises OSError where
    the folder cannot be written to.
    """
    removed = [path for path, ours in disk.orphans(snippets, folder).items() if ours]
    changed = [snippet for snippet in snippets if _differs(snippet, folder)]
    for snippet in sorted(changed, key=lambda snippet: snippet.path == MANIFEST):
        if snippet.path == MANIFEST:
            _remove(folder, removed)
        _replace(folder / snippet.path, encoded(snippet.text))
    _remove(folder, removed)
    return tuple(sorted([*removed, *(snippet.path for snippet in changed)]))


def _differs(snippet: Snippet, folder: Path) -> bool:
    target = folder / snippet.path
    free = disk.is_own(folder, snippet.path) and not target.is_dir()
    return free and disk.content(folder, snippet.path) != encoded(snippet.text)


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, content, 0o644)


def _remove(folder: Path, paths: Sequence[str]) -> None:
    for path in paths:
        (folder / path).unlink(missing_ok=True)
        parent = (folder / path).parent
        while parent != folder and _is_empty(parent):
            parent.rmdir()
            parent = parent.parent


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())
