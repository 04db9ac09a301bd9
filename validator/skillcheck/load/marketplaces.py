"""marketplace.json -> Marketplace and the local plugins that it lists."""

from __future__ import annotations

import os
import re
from dataclasses import field, replace
from pathlib import Path

from skillcheck.disk import is_file, is_folder
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json
from skillcheck.load.plugins import FOLDER, Entry
from skillcheck.load.submodules import is_unfetched, unfetched
from skillcheck.load.tree import shown
from skillcheck.model import Data, FaultKind, Json, Marketplace, Place
from skillcheck.model.lean import dataclass

FILE = "marketplace.json"

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[^/]*@")


@dataclass(slots=True)
class Reading:
    """A marketplace while it is read: `plugins` are the folders of its local plugins, each with its entry.

    `submodules` are folders of other repositories, of which nothing is known here.
    """

    root: Path
    data: Data
    submodules: tuple[str, ...] = ()
    plugins: list[tuple[Path, Entry]] = field(default_factory=list)
    missing: list[tuple[str, Place]] = field(default_factory=list)
    not_folders: list[tuple[str, Place]] = field(default_factory=list)
    escaping: list[tuple[str, Place]] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)


def files(root: Path) -> list[Path]:
    """Return the marketplace files of a folder; the clients read the first."""
    return [file for file in (root / FOLDER / FILE, root / FILE) if is_file(file)]


def marketplace(root: Path, file: Path, limits: Limits) -> tuple[Marketplace, list[tuple[Path, Entry]]]:
    """Read a marketplace from one of the files of its root; the other, if there is one, is its twin."""
    data, faults = load_json(file, shown(file), limits)
    reading = Reading(root, data, unfetched(root, limits))
    _follow(reading)
    others = [other for other in files(root) if not other.samefile(file)]
    twin = shown(others[0]) if others else None
    is_read = not any(fault.kind is FaultKind.BAD_JSON for fault in faults)  # else that is what has to be mended
    differs = is_read and any(load_json(other, shown(other), limits)[0].value != data.value for other in others)
    made = Marketplace(
        path=shown(file),
        root=os.path.abspath(root),  # noqa: PTH100 - resolve() would follow links
        data=data,
        faults=faults,
        missing=tuple(reading.missing),
        not_folders=tuple(reading.not_folders),
        escaping=tuple(reading.escaping),
        bare=tuple(reading.bare),
        twin=twin,
        twin_differs=differs,
    )
    return made, reading.plugins


def _follow(reading: Reading) -> None:
    listed = reading.data.mapping().get("plugins")
    base = _base(reading)
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        source = entry.get("source") if isinstance(entry, dict) else None
        if isinstance(entry, dict) and isinstance(source, str):
            _source(reading, Entry(reading.data, ("plugins", index), entry), source, _relative(source, base))


def _base(reading: Reading) -> str | None:
    """Return the folder under which bare names are found, None without a usable one."""
    metadata = reading.data.mapping().get("metadata")
    base: Json = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    if not isinstance(base, str) or not base:
        return None
    if _leaves(base) or not _inside(reading.root / base, reading.root):
        reading.escaping.append((base, reading.data.place("metadata", "pluginRoot")))
        return None
    return base


def _relative(source: str, base: str | None) -> str | None:
    """Return a local source relative to the root; None for one that is not local or cannot be resolved."""
    if source == "." or source.startswith("./") or _leaves(source):
        return source
    return None if base is None or _SCHEME.match(source) else f"{base}/{source}"


def _source(reading: Reading, entry: Entry, source: str, relative: str | None) -> None:
    if relative is None:
        reading.bare += [source] if is_folder(reading.root / source) else []
        return
    place = reading.data.place(*entry.pointer, "source")
    folder = reading.root / relative
    if _leaves(relative) or _is_dotted(source) or not _inside(folder, reading.root):
        reading.escaping.append((source, place))
    elif is_unfetched(relative, reading.submodules):
        return
    elif not is_folder(folder):
        (reading.not_folders if is_file(folder) else reading.missing).append((source, place))
    else:
        reading.plugins.append((folder, replace(entry, is_root=folder.samefile(reading.root))))


def _leaves(path: str) -> bool:
    absolute = path.startswith(("/", "~", "\\")) or bool(re.match(r"[A-Za-z]:[/\\]", path))
    return absolute or ".." in re.split(r"[/\\]", path)


def _is_dotted(source: str) -> bool:
    """Return whether a part of a path other than the first is `.`, which the client takes for a way out."""
    return "." in source.split("/")[1:]


def _inside(path: Path, root: Path) -> bool:
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
    except (OSError, ValueError):  # a name with a NUL
        return True
