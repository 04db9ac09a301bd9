"""Places → the lines that they point at."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from skillcheck.disk import bounds, is_file
from skillcheck.load.limits import Limits
from skillcheck.load.source import decode
from skillcheck.load.tree import read_file
from skillcheck.model import Bundle, Place

_LARGEST = Limits().max_file


class Lines:
    """The lines of a bundle's files: of its documents as they were read, of other files as they are on disk."""

    def __init__(self, bundle: Bundle, others: Lines | None = None, around: Iterable[Path] = ()) -> None:
        """Know the documents, and what `others` know; a line is looked for when it is asked for.

        On disk nothing is shown to which links lead out of the bundle's paths, and of the folders `around` them.
        """
        self.roots: tuple[str, ...] = others.roots if others else _roots([*bundle.paths, *around])
        self.others: dict[str, str] = others.texts if others else {}
        self.texts: dict[str, str] = {
            document.path: document.text for skill in bundle.skills for document in skill.documents
        }
        self.lines: dict[str, list[str]] = {}

    def at(self, place: Place) -> str:
        """Return the line of a place without its end; empty where there is none that can be read."""
        if place.path not in self.lines:
            known = self.texts.get(place.path) or self.others.get(place.path)
            self.lines[place.path] = _split(known or _on_disk(place.path, self.roots))
        lines = self.lines[place.path]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if "\r" in text else text.split("\n")


def _roots(paths: Iterable[str | Path]) -> tuple[str, ...]:
    return tuple(root for path in paths for root in bounds(path))


def _on_disk(path: str, roots: tuple[str, ...]) -> str:
    try:
        if not roots or not is_file(path) or os.stat(path).st_size > _LARGEST:  # noqa: PTH116 - asked of many files
            return ""
        text = decode(path, read_file(path, roots))[0].text
    except (OSError, ValueError):  # the fault that is told is that of whoever read the file first
        return ""
    return "" if "\0" in text else text  # an archive has no lines
