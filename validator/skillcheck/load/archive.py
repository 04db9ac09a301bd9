"""ZIP file -> Archive and the skills in it, read in memory and never unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from skillcheck.disk import SKIPPED
from skillcheck.load.limits import Limits
from skillcheck.load.members import BROKEN, Members, said
from skillcheck.load.skills import NAME, Home, skill
from skillcheck.load.tree import read_file
from skillcheck.model import Archive, Fault, FaultKind, File, Place, Skill

_MEMBER = b"PK\x01\x02"  # starts each entry of the directory, so entries are counted before any is read
_NESTED = 10  # times over, files may belong to skills that stand in one another


def archive(location: Path, path: str, limits: Limits) -> tuple[Archive, tuple[Skill, ...]]:
    """Read the ZIP file at `location`, shown as `path`."""
    try:
        size = location.stat().st_size
        content = read_file(str(location)) if size <= limits.max_archive else b""
    except OSError as error:
        fault = Fault(FaultKind.UNREADABLE, Place(path), f"cannot be read: {error.strerror}", "mend its permissions")
        return Archive(path, 0, (), (fault,)), ()
    if size > limits.max_archive:
        fact = f"the archive holds {size:,} bytes, more than the {limits.max_archive:,} that are read"
        return Archive(path, size, (), (Fault(FaultKind.TOO_LARGE, Place(path), fact, "pack less"),)), ()
    return _read(content, location.stem, path, limits)


def _read(content: bytes, stem: str, path: str, limits: Limits) -> tuple[Archive, tuple[Skill, ...]]:
    reading = Members(path, limits)
    if content.count(_MEMBER) > limits.max_members:
        fact = f"the archive holds more than {limits.max_members:,} members"
        fault = Fault(FaultKind.TOO_MANY_FILES, Place(path), fact, "pack less")
        return Archive(path, len(content), (), (fault,)), ()
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        fact = f"not a ZIP file that can be read: {said(error)}"
        fault = Fault(FaultKind.BAD_ARCHIVE, Place(path), fact, "pack the ZIP again")
        return Archive(path, len(content), (), (fault,)), ()
    members = tuple(reading.read(opened))
    skills = tuple(_skills(reading.sound, stem, path, limits))
    held = sum(len(skill.files) for skill in skills)
    faults = tuple(reading.faults()) if held <= _NESTED * limits.max_members else (*reading.faults(), _nested(path))
    return Archive(path, len(content), members, faults), skills


def _nested(path: str) -> Fault:
    fact = "skills stand in one another so often that no more of them are read"
    return Fault(FaultKind.TOO_MANY_FILES, Place(path), fact, "pack one skill")


def _skills(files: Sequence[File], stem: str, path: str, limits: Limits) -> Iterator[Skill]:
    """Yield the skills, each with all that is below it, until they hold too much together."""
    held = 0
    ordered = sorted(files, key=lambda file: file.path)
    paths = [file.path for file in ordered]
    for file in ordered:
        folder, name = posixpath.split(file.path)
        if name != NAME or not SKIPPED.isdisjoint(folder.split("/")) or held > _NESTED * limits.max_members:
            continue
        prefix = f"{folder}/" if folder else ""
        own = ordered[bisect_left(paths, prefix) : bisect_left(paths, f"{prefix}\U0010ffff")]
        held += len(own)
        home = Home(f"{path}/{folder}" if folder else path, posixpath.basename(folder) or stem, "")
        yield skill(home, [_inside(member, prefix) for member in own], (), limits)


def _inside(file: File, prefix: str) -> File:
    return replace(file, path=file.path.removeprefix(prefix))
