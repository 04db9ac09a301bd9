"""A folder → folders below it for one program after another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from skillcheck.runner.sandbox import Ended, remove


@dataclass(slots=True)
class Given:
    """An empty folder for one program; who gives `ended` says that nothing can write to it any more."""

    path: Path
    ended: Ended | None = None

    @property
    def again(self) -> bool:
        """Whether another program may have it: only process namespaces end everything that a program started."""
        return self.ended is not None and self.ended.status is not None and "namespaces" in self.ended.isolation


@dataclass(frozen=True, slots=True)
class Folders:
    """Empty folders below `base`; safe to use from several threads.

    Making and removing one for each program takes longer than most programs do, on disks that keep a journal.
    """

    base: Path
    free: list[Path] = field(default_factory=list)

    @contextmanager
    def given(self) -> Iterator[Given]:
        """Give an empty folder, and take it back with all that a program left in it."""
        try:
            given = Given(self.free.pop())
        except IndexError:
            given = Given(Path(tempfile.mkdtemp(prefix="program-", dir=self.base)).resolve())
        try:
            yield given
        finally:
            if given.again and _emptied(given.path):
                self.free.append(given.path)
            else:
                remove(given.path)


def _emptied(folder: Path) -> bool:
    """Remove what is in a folder; return whether it is now as it was when it was made."""
    try:
        os.chmod(folder, 0o700)  # noqa: PTH101 - done for each program
        for item in list(os.scandir(folder)):
            if item.is_dir(follow_symlinks=False):
                remove(Path(item.path))
            else:
                os.unlink(item.path)  # noqa: PTH108 - as above
        return not os.listdir(folder) and not _marked(folder)  # noqa: PTH208 - as above
    except OSError:
        return False


def _marked(folder: Path) -> bool:
    """Whether a program gave the folder attributes, which its owner can."""
    return any(name.startswith(("user.", "system.")) for name in os.listxattr(folder))
