"""Plugin -> the paths below `${CLAUDE_PLUGIN_ROOT}` that its commands and texts name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Data, Json, Place, Plugin, Pointer
from skillcheck.model.lean import dataclass
from skillcheck.rules.entries import manifests
from skillcheck.rules.lines import split

_FIELDS: tuple[Pointer, ...] = (
    ("hooks",),
    ("mcpServers",),
    ("lspServers",),
    ("monitors",),
    ("experimental", "monitors"),
)
_ROOT = r"(?:\$\{CLAUDE_PLUGIN_ROOT\}|\$CLAUDE_PLUGIN_ROOT\b)"
_PATH = re.compile(rf"{_ROOT}[\"']?(?P<path>(?:/[\w.@-]+)+)")
_FILE = re.compile(r"\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|ps1|cmd|md)$")
_BUILT = frozenset({"node_modules", "dist", "build", "target", "venv", ".venv", "out"})
_LOOKED_FOR = re.compile(
    r"(?:\[|\btest) +-[efrsx]\b|\b[Ii]f (?:it )?(?:is )?(?:present|exists?|available|there|found)\b"
)
_EXAMPLE = re.compile(r"\b(?:e\.g\.|such as\b|for (?:example|instance)\b)", re.IGNORECASE)
_NEAR = 80  # letters before a path, in which is said what is done to it
_WRITTEN = re.compile(r"(?:>|\btee|\btouch|-o)\s*[\"']?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A path inside a plugin, and where it is named."""

    path: str
    place: Place


def named(plugin: Plugin) -> Iterator[Named]:
    """Yield what the hooks, the servers and the commands of a plugin name of its files."""
    for component in plugin.components:
        if component.text:
            yield from _in_text(component.path, component.text)
        else:
            yield from _in_data(component.data, (), component.data.value)
    for data, base in manifests(plugin):
        for field in _FIELDS:
            yield from _in_data(data, (*base, *field), data.at(*base, *field))


def _in_data(data: Data, pointer: Pointer, value: Json) -> Iterator[Named]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _in_data(data, (*pointer, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _in_data(data, (*pointer, index), inner)
    elif isinstance(value, str) and not _LOOKED_FOR.search(value):
        for path, _ in paths(value):
            yield Named(path, data.place(*pointer))


def _in_text(path: str, text: str) -> Iterator[Named]:
    for number, line in enumerate(split(text), 1) if "CLAUDE_PLUGIN_ROOT" in text else ():
        for inner, column in paths(line) if not _LOOKED_FOR.search(line) else ():
            if not _EXAMPLE.search(line, max(column - _NEAR, 0), column):
                yield Named(inner, Place(path, number, column))


def paths(text: str) -> Iterator[tuple[str, int]]:
    """Yield the paths of files that somebody wrote, not those that a program makes, with their columns."""
    for found in _PATH.finditer(text):
        path = found["path"].rstrip(".").removeprefix("/")
        is_made = _WRITTEN.search(text, max(found.start() - _NEAR, 0), found.start()) or _BUILT & set(path.split("/"))
        if _FILE.search(path) and not is_made:
            yield path, found.start() + 1
