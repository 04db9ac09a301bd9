"""Snippets, and the folder they should lie in -> how the two differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from skillcheck.extract import disk
from skillcheck.extract.snippets import encoded
from skillcheck.model import Drift, DriftKind, Place, Snippet


def drift(snippets: Sequence[Snippet], folder: Path) -> tuple[Drift, ...]:
    """Return every file that is missing, stale or an orphan, by path.

    The diff leads from what is on disk to what the skill says. An orphan without one is not ours, or was changed
    since: it is never removed.
    """
    found = [*_differing(snippets, folder), *_orphans(snippets, folder)]
    return tuple(sorted(found, key=lambda entry: entry.path))


def _differing(snippets: Sequence[Snippet], folder: Path) -> Iterator[Drift]:
    for snippet in snippets:
        found = disk.content(folder, snippet.path)
        target = folder / snippet.path
        if found is None and not (target.exists() or target.is_symlink()):
            yield Drift(DriftKind.MISSING, snippet.path, snippet.place)
        elif found is None:
            yield Drift(DriftKind.STALE, snippet.path, snippet.place, f"{snippet.path} is no plain file of its own\n")
        elif found != encoded(snippet.text):
            yield Drift(DriftKind.STALE, snippet.path, snippet.place, _diff(found, snippet.text, snippet))


def _orphans(snippets: Sequence[Snippet], folder: Path) -> Iterator[Drift]:
    for path, ours in disk.orphans(snippets, folder).items():
        place = Place((folder / path).as_posix())
        diff = _diff(disk.content(folder, path) or b"", "", Snippet(path, "", place)) if ours else ""
        yield Drift(DriftKind.ORPHAN, path, place, diff)


def _diff(found: bytes, wanted: str, snippet: Snippet) -> str:
    old, new = _lines(found.decode("utf-8", "replace")), _lines(wanted)
    return "".join(difflib.unified_diff(old, new, f"a/{snippet.path}", f"b/{snippet.path}"))


def _lines(text: str) -> list[str]:
    """Split at line feeds alone; a last line without one gets one, with the words that say so."""
    lines = text.split("\n")
    last = [f"{lines[-1]}\n\\ No newline at end of file\n"] if lines[-1] else []
    return [f"{line}\n" for line in lines[:-1]] + last
