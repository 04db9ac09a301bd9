"""Values, files and folders → what stands for them in a key → the key."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from skillcheck.disk import MEBIBYTE
from skillcheck.model import Block, Directive, Environment, File, Program, Unit
from skillcheck.model.data import Json

TREE_FILES, TREE_BYTES = 4096, 64 * MEBIBYTE

# What a run does not see. Every other field is part of the key, and so are those that the model will gain.
LEFT_OUT: Mapping[type, frozenset[str]] = {
    Program: frozenset({"unbound", "imports", "calls", "uses", "misuses"}),
    Unit: frozenset({"faults"}),
    Block: frozenset({"info", "headings", "intro", "closed", "in_container"}),
    Directive: frozenset({"faults", "place"}),
    Environment: frozenset({"python", "requirements", "modules", "refused"}),
}

Known = dict[int, tuple[Unit | File, str]]
Stamp = tuple[int, int]


def key_of(parts: Mapping[str, Json]) -> str:
    """Return the SHA-256 of `parts` in hexadecimal; the order of keys does not matter, all else does."""
    text = json.dumps(dict(parts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: object, known: Known) -> Json:
    """Return `value` as JSON in which a unit is its key, a file its path and its content's.

    `known` keeps these, for many programs share a unit or a file.
    """
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(name): plain(part, known) for name, part in value.items()}
        case tuple() | list():
            return [plain(part, known) for part in value]
        case Unit() | File():
            if id(value) not in known:
                known[id(value)] = value, key_of(_parts(value, known))
            return known[id(value)][1]
    return plain_fields(value, known)


def _parts(value: Unit | File, known: Known) -> Mapping[str, Json]:
    return {value.path: content_hash(value)} if isinstance(value, File) else plain_fields(value, known)


def plain_fields(value: object, known: Known) -> dict[str, Json]:
    """Return the fields of the dataclass `value` as JSON, without those that no run sees."""
    kind: type[Any] = type(value)
    names = (part.name for part in fields(kind) if part.name not in LEFT_OUT.get(kind, ()))
    return {name: plain(getattr(value, name), known) for name in names}


def stamp(path: str | Path) -> Stamp | None:
    """Return the size in bytes and the time of change in nanoseconds of what lies at `path`, None without it."""
    try:
        known = os.stat(path)  # noqa: PTH116 - done for each of many files
    except OSError:
        return None
    return known.st_size, known.st_mtime_ns


def stamps(paths: Sequence[str | Path]) -> list[Stamp | None]:
    """Return the stamp of each of `paths`."""
    return [stamp(path) for path in paths]


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file at `path` in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def content_hash(file: File) -> str | None:
    """Return the SHA-256 of a file of the skill in hexadecimal, None if it cannot be read."""
    try:
        return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def tree_hash(folder: Path) -> str | None:
    """Return the digest of all that can be read below `folder`, None where it is too much or leads out of it."""
    parts: dict[str, Json] = {}
    left = TREE_BYTES
    try:
        for parent, names, files in os.walk(folder, onerror=_refuse):
            for name in (*names, *files):
                path = Path(parent, name)
                known = path.lstat()
                left -= known.st_size
                part = _leaf(path, known.st_mode, folder) if left >= 0 and len(parts) < TREE_FILES else None
                if part is None:
                    return None
                parts[path.relative_to(folder).as_posix()] = [stat.S_IMODE(known.st_mode), part]
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError up to Python 3.12
        return None
    return key_of(parts)


def _refuse(error: OSError) -> NoReturn:
    raise error


def _leaf(path: Path, mode: int, folder: Path) -> str | None:
    if stat.S_ISLNK(mode):
        return f"to {path.readlink()}" if path.resolve().is_relative_to(folder.resolve()) else None
    if stat.S_ISDIR(mode):
        return "folder"
    return file_hash(path) if stat.S_ISREG(mode) else None
