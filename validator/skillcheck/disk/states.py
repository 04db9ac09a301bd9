"""Paths → a digest of all that lies below them, which no change leaves as it was.

A file is told by its size, times, inode and mode: it is not opened. The time of change is the kernel's and nobody can
set it, so that writing, replacing, renaming and changing the mode of a file all show. A folder is told by its listing.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from skillcheck.disk.bounds import bounds, is_within
from skillcheck.disk.folders import SKIPPED

MOST = 500_000
"""So many entries are looked at; with more, looking costs more than what it saves."""

SETTLED = 2_000_000_000
"""Nanoseconds. What changed so shortly before may change again without a sign: clocks of file systems tick slowly."""


@dataclass(slots=True)
class State:
    """What lies below some paths: a digest of it, and whether this can be relied on.

    `steady` is false where something changed so lately that another change might not show, or where not all was looked
    at: too much, or a folder to which a link leads out and that is no skill. `passed_over` are the names of the folders
    of which the contents are no part of it, `manifests` the JSON files.
    """

    steady: bool = True
    passed_over: set[str] = field(default_factory=set)
    manifests: list[str] = field(default_factory=list)
    digest: str = ""


def state(paths: Iterable[str], beside: Iterable[str] = (), passed_over: AbstractSet[str] = SKIPPED) -> State:
    """Return the state of all below `paths`, and below what links there lead to; of the files `beside` just theirs.

    Links lead as far as those do that are read: to what is around the paths, and to skills.
    What has one of the names `passed_over` is no part of it.
    """
    found = _Looking(State(), time.time_ns() - SETTLED, MOST, passed_over)
    for path in paths:
        found.line("path", path, _real(path))
        found.roots.update(bounds(path))
        found.todo.append(path)
    for path in beside:
        found.line("beside", path, *found.stamp(path))
    while found.todo:
        found.folder(found.todo.pop())
    found.result.steady &= found.left > 0
    found.result.digest = found.hash.hexdigest()
    return found.result


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # a name with a NUL
        return path


@dataclass(slots=True)
class _Looking:
    """The state while it is found out; `before` is when things must have changed for the last time."""

    result: State
    before: int
    left: int
    passed_over: AbstractSet[str]
    todo: list[str] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    hash: hashlib._Hash = field(default_factory=hashlib.sha256)

    def line(self, *parts: object) -> None:
        self.hash.update(repr(parts).encode("utf-8", "surrogatepass"))

    def stamp(self, path: str) -> tuple[object, ...]:
        """Return what tells the state of what lies at `path`, links followed."""
        try:
            return self.told(os.stat(path))  # noqa: PTH116 - done for each of many files
        except (OSError, ValueError) as error:
            return (getattr(error, "errno", None),)

    def told(self, known: os.stat_result) -> tuple[int, ...]:
        if known.st_ctime_ns > self.before:
            self.result.steady = False
        if stat.S_ISDIR(known.st_mode):  # its listing tells the rest
            return known.st_mode, known.st_uid, known.st_gid, known.st_ino, known.st_dev, known.st_ctime_ns
        return known.st_mode, known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino, known.st_dev

    def folder(self, path: str) -> None:
        """Look at what lies in a folder, once, whatever the ways to it; of anything else at its stamp."""
        stamp = self.stamp(path)
        self.line("at", path, *stamp)
        if stamp in self.seen or self.left <= 0:
            return
        self.seen.add(stamp)
        try:
            with os.scandir(path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except (OSError, ValueError) as error:
            self.line("unread", getattr(error, "errno", None))
            return
        self.left -= len(entries)
        self.line(*self.entries(entries))

    def entries(self, entries: list[os.DirEntry[str]]) -> Iterator[object]:
        for entry in entries:
            yield entry.name
            try:
                known = entry.stat(follow_symlinks=False)
            except OSError as error:
                yield error.errno
                continue
            if entry.name in self.passed_over:
                self.result.passed_over.add(entry.name)
                yield known.st_mode
            else:
                yield from self.entry(entry, known)

    def entry(self, entry: os.DirEntry[str], known: os.stat_result) -> Iterator[object]:
        yield self.told(known)
        if stat.S_ISLNK(known.st_mode):
            real = _real(entry.path)
            yield Path(entry.path).readlink(), real, self.stamp(entry.path)
            self.linked(real)
        elif stat.S_ISDIR(known.st_mode):
            self.todo.append(entry.path)
        elif entry.name.endswith(".json"):
            self.result.manifests.append(entry.path)

    def linked(self, real: str) -> None:
        """Look at what a link leads to, unless it may be all of the disk and nothing of it is read."""
        if os.path.isfile(f"{real}/SKILL.md"):  # noqa: PTH113
            self.roots.update(bounds(real))
        if is_within(real, self.roots) or not os.path.isdir(real):  # noqa: PTH112
            self.todo.append(real)
        else:
            self.result.steady = False
