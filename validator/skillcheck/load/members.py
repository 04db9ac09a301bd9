"""Entries of a ZIP file -> Files, and what is wrong with them."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from typing import NamedTuple

from skillcheck.load.limits import Limits
from skillcheck.model import Fault, FaultKind, File, Place
from skillcheck.model.lean import dataclass

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeError,
    ValueError,
    struct.error,
    zlib.error,
)
_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ENCRYPTED = 0x1
_UNIX = 3
_RATIO_FLOOR = 1024 * 1024
_CHUNK = 1024 * 1024
_LINK_LIMIT = 4096


class _Problem(NamedTuple):
    """What is wrong with a member, as a fact that follows its name."""

    kind: FaultKind
    fact: str
    remedy: str


_REPACK = "pack the ZIP again without it"
_UNSAFE = FaultKind.UNSAFE_MEMBER
_ABSOLUTE = _Problem(_UNSAFE, "has an absolute path", _REPACK)
_OUTSIDE = _Problem(_UNSAFE, "leaves the archive by `..`", _REPACK)
_BACKSLASH = _Problem(_UNSAFE, "has backslashes in its path", "pack the ZIP again with forward slashes")
_PARTS = _Problem(_UNSAFE, "has an empty part or `.` in its path", "pack the ZIP again with plain paths")
_CONTROLS = _Problem(_UNSAFE, "has control characters in its path", _REPACK)
_SPECIAL = _Problem(_UNSAFE, "is a special file", _REPACK)
_LINK = _Problem(_UNSAFE, "is a symbolic link", "pack the file that it points at in its place")
_LOCKED = _Problem(FaultKind.BAD_ARCHIVE, "is encrypted", "pack the ZIP again without a password")
_METHOD = _Problem(
    FaultKind.BAD_ARCHIVE, "is compressed by neither of stored and deflated", "pack the ZIP again deflated"
)
_TWICE = _Problem(FaultKind.BAD_ARCHIVE, "is in the archive more than once", "keep one of them")
_DAMAGED = _Problem(FaultKind.BAD_ARCHIVE, "is damaged", "pack the ZIP again")


def said(error: Exception) -> str:
    """Return what an exception says, as part of a fact."""
    text = f"{error}" or type(error).__name__
    return text[0].lower() + text[1:]


@dataclass(slots=True)
class Members:
    """Judges the members of one archive; those that are `sound` may be read as files of a skill."""

    path: str
    limits: Limits
    problems: dict[_Problem, list[str]] = field(default_factory=dict)
    sound: list[File] = field(default_factory=list)
    bombs: list[Fault] = field(default_factory=list)

    def read(self, opened: zipfile.ZipFile) -> Iterator[File]:
        """Yield every member, judged and, unless the archive is a bomb, read once to the end."""
        infos = opened.infolist()
        is_bomb = self._is_bomb(infos)
        names: set[str] = set()
        for info in infos:
            name = info.orig_filename
            plain = _plain(name) + "/" * name.endswith("/")
            problem = _TWICE if plain in names else _problem(info)
            names.add(plain)
            read = _refuse if is_bomb else partial(_member, opened, info)
            if problem is None and not is_bomb and not _is_sound(opened, info):
                problem = _DAMAGED
            file = self._file(info, name, read, problem)
            yield file
            if problem:
                self.problems.setdefault(problem, []).append(name)
            if not is_bomb and problem in {None, _BACKSLASH, _PARTS} and not name.endswith(("/", "\\")):
                self.sound.append(self._file(info, plain, read, problem))

    def _file(self, info: zipfile.ZipInfo, name: str, read: Callable[[], bytes], problem: _Problem | None) -> File:
        mode = _mode(info)
        target = _target(read, info) if problem is _LINK else None
        return File(name, Place(f"{self.path}/{name}"), info.file_size, read, bool(mode & stat.S_IXUSR), target)

    def _is_bomb(self, infos: Sequence[zipfile.ZipInfo]) -> bool:
        """Whether the members declare more than anyone should unpack."""
        total = sum(info.file_size for info in infos)
        dense = next((info for info in infos if self._is_dense(info)), None)
        fact = ""
        if total > self.limits.max_unpacked:
            fact = f"the archive unpacks to {total:,} bytes, more than {self.limits.max_unpacked:,}"
        elif dense:
            fact = (
                f"member `{dense.orig_filename}` unpacks {dense.compress_size:,} bytes to {dense.file_size:,}, "
                f"more than {self.limits.max_ratio} times as many"
            )
        if fact:
            self.bombs.append(
                Fault(FaultKind.BOMB, Place(self.path), fact, "pack less, and store what does not compress")
            )
        return bool(fact)

    def _is_dense(self, info: zipfile.ZipInfo) -> bool:
        return info.file_size > max(_RATIO_FLOOR, info.compress_size * self.limits.max_ratio)

    def faults(self) -> Iterator[Fault]:
        """Yield one fault for each kind of problem, at its first member."""
        yield from self.bombs
        for problem, names in self.problems.items():
            others = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
            fact = f"member `{names[0]}` {problem.fact}{others}"
            yield Fault(problem.kind, Place(f"{self.path}/{names[0]}"), fact, problem.remedy)


def _mode(info: zipfile.ZipInfo) -> int:
    return info.external_attr >> 16 if info.create_system == _UNIX else 0


def _problem(info: zipfile.ZipInfo) -> _Problem | None:
    name = info.orig_filename
    kind = stat.S_IFMT(_mode(info))
    parts = re.split(r"[/\\]", name)
    judged = (
        (name.startswith(("/", "\\")) or bool(_DRIVE.match(name)), _ABSOLUTE),
        (".." in parts, _OUTSIDE),
        (bool(_CONTROL.search(name)) or not name, _CONTROLS),
        (kind == stat.S_IFLNK, _LINK),
        (kind not in {0, stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK}, _SPECIAL),
        (bool(info.flag_bits & _ENCRYPTED), _LOCKED),
        (info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}, _METHOD),
        ("\\" in name, _BACKSLASH),
        (not {"", "."}.isdisjoint(name.removesuffix("/").split("/")), _PARTS),
    )
    return next((problem for is_so, problem in judged if is_so), None)


def _plain(name: str) -> str:
    """Return the path that an unusual spelling of it means."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", "."})


def _is_sound(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a member can be read to its end; no more of it is kept than a part."""
    try:
        return sum(map(len, _chunks(opened, info))) == info.file_size
    except OSError:
        return False


def _target(read: Callable[[], bytes], info: zipfile.ZipInfo) -> str:
    if info.file_size > _LINK_LIMIT:
        return ""
    try:
        return read().decode("utf-8", "replace")
    except OSError:
        return ""


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    return b"".join(_chunks(opened, info))


def _chunks(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a member in parts; every way in which it can be broken is an OSError."""
    try:
        with opened.open(info) as member:
            yield from iter(partial(member.read, _CHUNK), b"")
    except BROKEN as error:
        raise OSError(said(error)) from error


def _refuse() -> bytes:
    message = "the archive unpacks to too much to be read"
    raise OSError(message)
