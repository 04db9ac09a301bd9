"""Skill → the lock beside what it declares → the releases that this holds for one Python."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import cast

from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement as Parsed
from packaging.tags import Tag, compatible_tags, cpython_tags

from skillcheck.environments.declared import declared
from skillcheck.environments.listed import Declared, listed
from skillcheck.model import Fault, FaultKind, File, Lock, Requirement, Skill

PYLOCK = "pylock.toml"
NAMES = (PYLOCK, "requirements.lock")
EXACTLY = frozenset({"==", "==="})
REMEDY = "compile it anew from what is declared"


def lock_file(skill: Skill) -> File | None:
    """Return the lock that the skill carries: a pylock.toml, else a requirements.lock, else a requirements.txt of pins.

    A requirements.txt is one if each line names one release and its hashes.
    """
    files = {file.path: file for file in skill.files}
    for name in NAMES:
        if name in files:
            return files[name]
    plain = files.get("requirements.txt")
    held = [*listed(plain)] if plain else []
    return plain if held and all(map(_is_sealed, held)) else None


def _is_sealed(item: Declared) -> bool:
    return isinstance(item, Requirement) and bool(item.hashes) and _is_pinned(item)


def _is_pinned(item: Requirement) -> bool:
    return any(one.operator in EXACTLY and not one.version.endswith("*") for one in Parsed(item.text).specifier)


def locked(skill: Skill, version: str) -> Lock | Fault | None:
    """Return the releases that the skill's lock holds for a Python, or what keeps it from being used.

    They are installed from where all releases come from, whatever addresses the lock has.
    """
    file = lock_file(skill)
    held = [*_pins(file, version)] if file else []
    for item in held:
        if isinstance(item, Fault):
            return item
    needs = tuple(item for item in declared(skill) if isinstance(item, Requirement))
    return Lock(tuple(item for item in held if isinstance(item, Requirement)), needs) if file else None


def _pins(lock: File, version: str) -> Iterator[Declared]:
    for item in _selected(lock, version) if lock.path == PYLOCK else listed(lock):
        if isinstance(item, Requirement) and not _is_pinned(item):
            fact = f"`{item.text}` names no release, so {lock.path} is no lock"
            yield Fault(FaultKind.BAD_REQUIREMENT, item.place, fact, REMEDY)
        else:
            yield item


def _selected(lock: File, version: str) -> Iterator[Declared]:
    from packaging import pylock  # noqa: PLC0415 - slow to import, and few skills have one

    unusable = (pylock.PylockValidationError, pylock.PylockSelectError, OSError, ValueError)
    try:
        read = pylock.Pylock.from_dict(tomllib.loads(lock.read().decode("utf-8-sig")))
        chosen = [*read.select(environment=_environment(version), tags=[*_tags(version)])]
    except unusable as error:
        yield Fault(FaultKind.BAD_REQUIREMENT, lock.place, f"{lock.path} cannot be used: {error}", REMEDY)
        return
    for package, source in chosen:
        if isinstance(source, pylock.PackageWheel) and package.version:
            hashes = [f"{kind}:{known}" for wheel in package.wheels or () for kind, known in wheel.hashes.items()]
            yield Requirement(f"{package.name}=={package.version}", lock.place, hashes=tuple(hashes))
        else:
            fact = f"{lock.path} has no wheel of `{package.name}`, and nothing else is installed"
            yield Fault(FaultKind.BAD_REQUIREMENT, lock.place, fact, REMEDY)


def _environment(version: str) -> Environment:
    """Return what markers are told: this machine, and another Python."""
    changed = {"implementation_version": version, "python_full_version": version, "python_version": _minor(version)}
    return cast("Environment", default_environment() | changed)


def _tags(version: str) -> Iterator[Tag]:
    major, minor = map(int, _minor(version).split("."))
    yield from cpython_tags((major, minor))
    yield from compatible_tags((major, minor), f"cp{major}{minor}")


def _minor(version: str) -> str:
    return ".".join(version.split(".")[:2])
