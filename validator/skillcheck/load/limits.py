"""How much a reader takes in before it says that it is too much."""

from __future__ import annotations

import os
from pathlib import Path

from skillcheck.disk import is_within
from skillcheck.model.lean import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read; sizes are in bytes.

    `roots` are the real paths of the folders out of which no link may lead; none where links may lead anywhere.
    `max_file` bounds each Markdown or JSON file and each script, `max_files` the files of one skill, `max_documents`
    the Markdown files followed from one SKILL.md, `max_scripts` the scripts read of one skill. Of an archive:
    `max_archive` its own size, `max_members` its entries, `max_unpacked` what they hold together, `max_ratio` how much
    smaller a member may be than what it holds.
    """

    roots: tuple[str, ...] = ()
    max_file: int = 1024 * 1024
    max_files: int = 10_000
    max_documents: int = 200
    max_scripts: int = 200
    max_archive: int = 100 * 1024 * 1024
    max_members: int = 10_000
    max_unpacked: int = 512 * 1024 * 1024
    max_ratio: int = 250

    def allow(self, path: str | Path) -> bool:
        """Whether no link on the way to `path` leads out of the roots."""
        return not self.roots or is_within(os.path.realpath(path), self.roots)
