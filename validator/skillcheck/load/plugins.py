"""Folder of a plugin, with the marketplace entries that name it -> Plugin."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from skillcheck.disk import MANIFESTS, exists, is_file, is_shut
from skillcheck.load.components import Named, components
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json
from skillcheck.load.skills import NAME
from skillcheck.load.submodules import is_unfetched, unfetched
from skillcheck.load.tree import below, entries, may_hold
from skillcheck.model import Component, Data, Fault, FaultKind, Json, Origin, Place, Plugin, Pointer
from skillcheck.model.lean import dataclass

FOLDER = MANIFESTS
MANIFEST = "plugin.json"

_NOWHERE = ("", os.curdir, os.pardir)  # parts of a path that lead to no other folder, or out of it
_SKILLS = "skills"
_COPY = "copy what it leads to, or check the folder that holds both"
_FOLDERS = ("agents", "commands", "hooks", "monitors")

_COMPONENTS = (
    "skills",
    "commands",
    "agents",
    "hooks",
    "mcpServers",
    "lspServers",
    "outputStyles",
    "workflows",
    "themes",
    "monitors",
    "types",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a marketplace, or a manifest, says about a plugin: the value at `pointer` of its data.

    `is_root` is true where the plugin is the marketplace's own folder, whose listed skills replace the default ones.
    """

    data: Data
    pointer: Pointer
    value: Mapping[str, Json]
    is_root: bool = False


@dataclass(slots=True)
class Reading:
    """A plugin while it is read: `folders` are those of its skills on disk."""

    location: Path
    path: str
    manifest: Data | None = None
    folders: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: list[tuple[str, Pointer, Place]] = field(default_factory=list)
    not_folders: list[tuple[str, Place]] = field(default_factory=list)
    empty: list[tuple[str, Place]] = field(default_factory=list)
    components: tuple[Component, ...] = ()
    entries: tuple[tuple[Data, Pointer], ...] = ()
    outer: Data | None = None
    outer_faults: tuple[Fault, ...] = ()

    def plugin(self, skills: Sequence[str]) -> Plugin:
        """Make the plugin, whose skills are now known as they are shown."""
        location = os.path.abspath(self.location)  # noqa: PTH100 - resolve() would follow links
        return Plugin(
            path=self.path,
            location=location,
            manifest=self.manifest,
            skills=tuple(skills),
            faults=tuple(self.faults),
            missing=tuple(self.missing),
            not_folders=tuple(self.not_folders),
            components=self.components,
            empty=tuple(self.empty),
            entries=self.entries,
            outer=self.outer,
            outer_faults=self.outer_faults,
            holds=_Held(location),
            can_run=lambda inner: os.access(os.path.join(location, inner), os.X_OK),  # noqa: PTH118 - asked often
        )


class _Held:
    """Says of a path whether a folder holds it; most that rules ask about has a part which isn't there."""

    def __init__(self, folder: str) -> None:
        """List the folder, where it can be listed; a path that leaves it is asked of the system."""
        self.folder = folder
        self.names = _names(folder)
        self.inner: dict[str, AbstractSet[str] | None] = dict.fromkeys(_NOWHERE)

    def __call__(self, inner: str) -> bool:
        """Return whether the path is there."""
        first, _, rest = inner.partition("/")
        if self.names is not None and first not in self.names:
            return False
        if first not in self.inner:
            self.inner[first] = _names(f"{self.folder}/{first}")
        names = self.inner[first]
        may_be = names is None or rest.partition("/")[0] in names
        return may_be and os.path.exists(os.path.join(self.folder, inner))  # noqa: PTH110, PTH118 - of each plugin


def _names(folder: str) -> AbstractSet[str] | None:
    """Return what paths in a folder may begin with, None where it cannot be listed."""
    with suppress(OSError):
        return {*_NOWHERE, *os.listdir(folder)}  # noqa: PTH208 - asked of each plugin
    return None


def plugin(location: Path, path: str, listed: Sequence[Entry], limits: Limits) -> Reading:
    """Read the plugin in a folder, shown as `path`."""
    reading = Reading(location, path, entries=tuple((entry.data, entry.pointer) for entry in listed))
    holds = may_hold(location)
    manifest = location / FOLDER / MANIFEST
    if is_file(manifest):
        reading.manifest, faults = load_json(manifest, below(path, f"{FOLDER}/{MANIFEST}"), limits)
        reading.faults += faults
    elif is_file(location / MANIFEST):  # which a marketplace lists, for no other is found without a manifest inside
        reading.outer, reading.outer_faults = load_json(location / MANIFEST, below(path, MANIFEST), limits)
    folders = {name: f"{location}/{name}" for name in (*_FOLDERS, _SKILLS) if holds(name)}
    reading.faults += [
        shut(below(path, name)) for name, folder in folders.items() if name != _SKILLS and is_shut(folder)
    ]
    reading.faults += [_far(below(path, name)) for name, folder in folders.items() if _leads_out(folder, limits)]
    declared = [Entry(reading.manifest, (), reading.manifest.mapping()), *listed] if reading.manifest else [*listed]
    chosen, named = _named(reading, declared, limits)
    _spare_unfetched(reading, limits)
    reading.components = tuple(components(location, path, limits, named, holds))
    if not any(entry.is_root and "skills" in entry.value for entry in listed):
        within = [*_skill_folders(location / _SKILLS, limits)] if holds(_SKILLS) else []
        chosen += within or ([location] if holds(NAME) and is_file(location / NAME) else [])  # read without any within
    reading.folders = list(dict.fromkeys(folder for root in chosen for folder in _skill_folders(root, limits)))
    return reading


def shut(path: str) -> Fault:
    """Tell that a folder cannot be looked into."""
    fact = "the folder may not be looked into, so that nothing in it is read"
    return Fault(FaultKind.UNREADABLE, Place(path), fact, "mend its permissions")


def _far(path: str) -> Fault:
    fact = "the link leads out of the folder that is checked, so that nothing in it is read"
    return Fault(FaultKind.UNREADABLE, Place(path), fact, _COPY)


def _leads_out(path: str | Path, limits: Limits) -> bool:
    return os.path.islink(path) and exists(path) and not limits.allow(path)  # noqa: PTH114 - as above


def _named(reading: Reading, declared: Sequence[Entry], limits: Limits) -> tuple[list[Path], list[Named]]:
    """Return what the entries name and what exists: the folders of skills, and all by its field."""
    chosen: list[Path] = []
    named: list[Named] = []
    for entry in declared:
        for pointer, value in _components(entry):
            place = entry.data.place(*pointer)
            target = _existing(reading, _followed(entry, value), value, pointer, place)
            if target and not limits.allow(target):
                fact = f"the path `{value}` leads out of the folder that is checked by a link, and is not followed"
                reading.faults.append(Fault(FaultKind.UNREADABLE, place, fact, _COPY))
            elif target:
                field, *inner = map(str, pointer[len(entry.pointer) :])
                origin = Origin.ENTRY if entry.pointer else Origin.MANIFEST
                named.append((inner[0] if field == "experimental" else field, value, origin))
                if field == "skills":
                    chosen.append(target)
                    _skills(reading, target, value, place, limits)
    return chosen, named


def _spare_unfetched(reading: Reading, limits: Limits) -> None:
    """Forget what is missing of other repositories that were not fetched."""
    if reading.missing or reading.empty:
        submodules = unfetched(reading.location, limits)
        reading.missing = [each for each in reading.missing if not is_unfetched(each[0], submodules)]
        reading.empty = [each for each in reading.empty if not is_unfetched(each[0], submodules)]


def _skills(reading: Reading, target: Path, value: str, place: Place, limits: Limits) -> None:
    """Note what is named as a folder of skills and is none."""
    if is_file(target):
        reading.not_folders.append((value, place))
    elif not target.samefile(reading.location) and not any(_skill_folders(target, limits)):
        reading.empty.append((value, place))


def _components(entry: Entry) -> Iterator[tuple[Pointer, str]]:
    """Yield each path that a manifest or entry names, with the pointer of its value."""
    for name in _COMPONENTS:
        if name != "hooks" or not entry.pointer:  # an entry's hooks are never read from a path
            yield from _paths((*entry.pointer, name), entry.value.get(name))
    experimental = entry.value.get("experimental")
    if isinstance(experimental, dict):
        for name, value in experimental.items():
            yield from _paths((*entry.pointer, "experimental", name), value)


def _paths(pointer: Pointer, value: Json) -> Iterator[tuple[Pointer, str]]:
    match value:
        case str() if value == "." or value.startswith("./"):
            yield pointer, value
        case list():
            for index, item in enumerate(value):
                if isinstance(item, str):
                    yield from _paths((*pointer, index), item)
        case dict() if pointer[-1] == "commands":
            for name, command in value.items():
                if isinstance(command, dict):
                    yield from _paths((*pointer, name, "source"), command.get("source"))


def _followed(entry: Entry, value: str) -> str:
    """Return a path as Claude Code follows it: of an entry it may climb, as long as it comes back."""
    return posixpath.normpath(value) if entry.pointer else value


def _existing(reading: Reading, path: str, value: str, pointer: Pointer, place: Place) -> Path | None:
    if ".." in path.split("/"):
        fact = f"the path `{value}` leaves the plugin's folder"
        reading.faults.append(Fault(FaultKind.LINK_ESCAPES, place, fact, "move the component into the plugin"))
        return None
    target = reading.location / path
    if exists(target):
        return target
    reading.missing.append((value, pointer, place))
    return None


def _skill_folders(root: Path, limits: Limits) -> Iterator[Path]:
    """Yield the folder itself where it is a skill, else the skills directly in it."""
    if _leads_out(root, limits):
        return
    if is_file(root / NAME):
        yield root
        return
    try:
        found = entries(root)
    except OSError:
        return
    for entry in found:
        if os.path.isfile(f"{entry.path}/{NAME}"):  # noqa: PTH113 - asked of each skill of each plugin
            yield root / entry.name
