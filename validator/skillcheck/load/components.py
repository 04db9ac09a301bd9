"""Folder of a plugin -> the files in it that Claude Code reads besides plugin.json and the skills."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from skillcheck.disk import SKIPPED, is_file, is_folder
from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.grants import OF_AGENTS, OF_SKILLS, grants, surplus
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json, twice, unreadable
from skillcheck.load.markdown import document
from skillcheck.load.source import decode
from skillcheck.load.suspects import is_suspect
from skillcheck.load.tree import below, printable, read_file
from skillcheck.model import Component, ComponentKind, Data, Fault, FaultKind, Origin, Place

Named: TypeAlias = tuple[str, str, Origin]
"""What a manifest names: the field, the path, and which of the manifests it is."""

MayHold: TypeAlias = Callable[[str], bool]


def _anything(_: str) -> bool:
    return True


_MARKDOWN = {"agents": ComponentKind.AGENT, "commands": ComponentKind.COMMAND}
_JSON = {
    "hooks/hooks.json": ComponentKind.HOOKS,
    ".mcp.json": ComponentKind.MCP,
    ".lsp.json": ComponentKind.LSP,
    "monitors/monitors.json": ComponentKind.MONITORS,
}
_ROOTS: dict[ComponentKind, tuple[type, ...]] = {
    ComponentKind.MONITORS: (list,),
    ComponentKind.MCP: (dict, list),  # whose servers have their indices for names
}
_FIELDS = {
    "hooks": ComponentKind.HOOKS,
    "mcpServers": ComponentKind.MCP,
    "lspServers": ComponentKind.LSP,
    "monitors": ComponentKind.MONITORS,
    **_MARKDOWN,
}
_ORDER = (*_JSON.values(), *_MARKDOWN.values())


def components(
    location: Path, path: str, limits: Limits, named: Iterable[Named] = (), may_hold: MayHold = _anything
) -> Iterator[Component]:
    """Read the components that stand where Claude Code looks for them by itself; links are not followed.

    `may_hold` says of a name in the folder whether it is worth looking for.
    Those that are `named`, each by the field of a manifest and the path in it, are read as well.
    """
    found = dict.fromkeys(_usual(location, limits, may_hold), Origin.PLACE)
    for kind, name, origin in _named(location, named, limits):
        found.setdefault((kind, name), origin)
    for (kind, name), origin in sorted(found.items(), key=lambda each: _ORDER.index(each[0][0])):
        read = _markdown if kind in _MARKDOWN.values() else _json
        component = read(kind, location / name, below(path, printable(name)), limits)
        yield component if origin is Origin.PLACE else replace(component, origin=origin)


def _usual(location: Path, limits: Limits, may_hold: Callable[[str], bool]) -> Iterator[tuple[ComponentKind, str]]:
    for name, kind in _JSON.items():
        file = f"{location}/{name}" if may_hold(name.partition("/")[0]) else ""
        if file and (is_file(file) or is_folder(file)):  # a folder in its place is told by whoever opens it
            yield kind, name
    for folder, kind in _MARKDOWN.items():
        yield from ((kind, file) for file in (_files(location, folder, limits) if may_hold(folder) else ()))


def _named(location: Path, named: Iterable[Named], limits: Limits) -> Iterator[tuple[ComponentKind, str, Origin]]:
    """Yield what fields name: files, and for commands folders of them."""
    for field, value, origin in named:
        name, kind = os.path.normpath(value), _FIELDS.get(field)
        if kind is ComponentKind.COMMAND and not name.endswith(".md") and name != ".":
            yield from ((kind, file, origin) for file in _files(location, name, limits))
        elif kind and name.endswith(".md" if kind in _MARKDOWN.values() else ".json") and is_file(location / name):
            yield kind, name, origin


def _json(kind: ComponentKind, file: Path, path: str, limits: Limits) -> Component:
    data, faults = load_json(file, path, limits, _ROOTS.get(kind, (dict,)))
    return Component(kind, path, data, (*_mark(file, path), *faults))


def _mark(file: Path, path: str) -> Iterator[Fault]:
    """Tell a byte order mark, which Claude Code's reader takes in plugin.json alone."""
    try:
        with file.open("rb") as opened:
            start = opened.read(len(BOM_UTF8))
    except OSError:  # of which the reader tells
        return
    if start == BOM_UTF8:
        fact = "the file begins with a byte order mark, which only plugin.json may have"
        yield Fault(FaultKind.BAD_JSON, Place(path), fact, "save it as UTF-8 without one")


def _files(location: Path, name: str, limits: Limits) -> Iterator[str]:
    """Yield the Markdown files in a folder of a plugin, by their paths in that; there are many, and joined as text."""
    top = f"{location}/{name}"
    if not (is_folder(top) and limits.allow(top)):
        return
    for parent, folders, names in os.walk(top):
        folders[:] = sorted(inner for inner in folders if inner not in SKIPPED)
        for file in (f"{parent}/{inner}" for inner in sorted(names) if inner.endswith(".md")):
            if is_file(file) and not os.path.islink(file):  # noqa: PTH114 - as above
                yield name + file.removeprefix(top)


def _markdown(kind: ComponentKind, file: Path, path: str, limits: Limits) -> Component:
    nothing = Data({}, {(): Place(path)})
    try:
        if os.stat(file).st_size > limits.max_file:  # noqa: PTH116 - asked of each file of each plugin
            fact = f"the file holds more than the {limits.max_file:,} bytes that are read"
            return Component(kind, path, nothing, (Fault(FaultKind.TOO_LARGE, Place(path), fact, "shorten it"),))
        source, broken = decode(path, read_file(str(file), limits.roots))
    except OSError as error:
        return Component(kind, path, nothing, (unreadable(path, error),))
    top, body_line = frontmatter(source)
    faults = () if top.repaired else top.faults
    named = grants(source, top.data, OF_AGENTS if kind is ComponentKind.AGENT else OF_SKILLS)
    every = (*broken, *faults, *surplus(named), *map(twice, top.data.duplicates))
    is_asked = "skillcheck" in source.text.lower()  # perhaps not to tell something of it
    page = document(source, path, body_line)[0] if is_asked or is_suspect(source.text, str(file.parent)) else None
    return Component(kind, path, top.data, every, named, source.text, body_line, page)
