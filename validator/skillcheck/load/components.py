"""Folder of a plugin -> the files in it that Claude Code reads besides plugin.json and the skills."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from skillcheck.disk import SKIPPED, is_file
from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.grants import OF_AGENTS, OF_SKILLS, grants
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json, twice
from skillcheck.load.source import decode
from skillcheck.load.tree import below, printable, read_file
from skillcheck.model import Component, ComponentKind, Data, Fault, FaultKind, Place

_MARKDOWN = {"agents": ComponentKind.AGENT, "commands": ComponentKind.COMMAND}
_JSON = {
    "hooks/hooks.json": ComponentKind.HOOKS,
    ".mcp.json": ComponentKind.MCP,
    ".lsp.json": ComponentKind.LSP,
}


def components(location: Path, path: str, limits: Limits) -> Iterator[Component]:
    """Read the components that stand where Claude Code looks for them by itself; links are not followed."""
    for name, kind in _JSON.items():
        if is_file(location / name):
            data, faults = load_json(location / name, below(path, name), limits)
            yield Component(kind, below(path, name), data, (*_mark(location / name, below(path, name)), *faults))
    for folder, kind in _MARKDOWN.items():
        for file in _files(location / folder):
            shown = below(path, printable(file.relative_to(location).as_posix()))
            yield _markdown(kind, file, shown, limits)


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


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        files = (Path(parent, name) for name in sorted(names) if name.endswith(".md"))
        yield from (file for file in files if is_file(file) and not file.is_symlink())


def _markdown(kind: ComponentKind, file: Path, path: str, limits: Limits) -> Component:
    nothing = Data({}, {(): Place(path)})
    try:
        if file.stat().st_size > limits.max_file:
            fact = f"the file holds more than the {limits.max_file:,} bytes that are read"
            return Component(kind, path, nothing, (Fault(FaultKind.TOO_LARGE, Place(path), fact, "shorten it"),))
        source, broken = decode(path, read_file(str(file)))
    except OSError as error:
        fact = f"the file cannot be read: {error.strerror}"
        return Component(kind, path, nothing, (Fault(FaultKind.UNREADABLE, Place(path), fact, "mend its permissions"),))
    top, _ = frontmatter(source)
    faults = () if top.repaired else top.faults
    named = grants(source, top.data, OF_AGENTS if kind is ComponentKind.AGENT else OF_SKILLS)
    every = (*broken, *faults, *map(twice, top.data.duplicates))
    return Component(kind, path, top.data, every, named, source.text)
