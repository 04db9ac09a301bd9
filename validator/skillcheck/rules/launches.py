"""Plugin -> what its hooks, servers and monitors start, and where that is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from skillcheck.model import ComponentKind, Data, Json, Place, Plugin, Pointer
from skillcheck.model.lean import dataclass
from skillcheck.rules.entries import manifests

_OF_DATA = ("hooks", "mcpServers")
_SERVERS = ("mcpServers", "lspServers")
_READ = (ComponentKind.HOOKS, ComponentKind.MCP)
_OF_SERVERS = (ComponentKind.MCP, ComponentKind.LSP)
_FIELDS: tuple[Pointer, ...] = (
    ("hooks",),
    *((field,) for field in _SERVERS),
    ("monitors",),
    ("experimental", "monitors"),
)


@dataclass(frozen=True, slots=True)
class Launch:
    """Something that is started: its `fields` as they are written, and what they belong to.

    A server is a program with arguments; all others are lines for a shell.
    """

    data: Data
    pointer: Pointer
    fields: dict[str, Json]
    is_server: bool

    def strings(self) -> Iterator[tuple[str, Place]]:
        """Yield the command and the arguments, each with its place."""
        arguments = self.fields.get("args")
        yield str(self.fields["command"]), self.data.place(*self.pointer, "command")
        for index, argument in enumerate(arguments if isinstance(arguments, list) else ()):
            if isinstance(argument, str):
                yield argument, self.data.place(*self.pointer, "args", index)


def launches(plugin: Plugin) -> Iterator[Launch]:
    """Yield everything that the files of a plugin and its manifest start."""
    for component in plugin.components:
        if not component.text:
            are_servers = component.kind in _OF_SERVERS
            yield from _in(component.data, (), component.data.value, are_servers=are_servers)
    for data, base in manifests(plugin):
        for field in _FIELDS:
            pointer = (*base, *field)
            yield from _in(data, pointer, data.at(*pointer), are_servers=field[0] in _SERVERS)


def data_of(plugin: Plugin) -> Iterator[tuple[Data, Pointer, Json]]:
    """Yield the hooks and the MCP servers of a plugin as they are written, each with where it stands."""
    files = ((component.data, ()) for component in plugin.components if component.kind in _READ)
    for data, base in chain(files, manifests(plugin)):
        for field in _OF_DATA:
            pointer = (*base, field)
            value = data.at(*pointer)
            if isinstance(value, list):
                yield from ((data, (*pointer, index), item) for index, item in enumerate(value))
            else:
                yield data, pointer, value


def matchers(plugin: Plugin) -> Iterator[tuple[Data, Pointer, dict[str, Json]]]:
    """Yield each matcher of the hooks of a plugin and where it stands: at its index, below its event."""
    for data, pointer, value in data_of(plugin):
        for event, found in value.items() if "hooks" in pointer and isinstance(value, dict) else ():
            for index, matcher in enumerate(found if isinstance(found, list) else ()):
                if isinstance(matcher, dict):
                    yield data, (*pointer, event, index), matcher


def _in(data: Data, pointer: Pointer, value: Json, *, are_servers: bool) -> Iterator[Launch]:
    if isinstance(value, dict):
        if isinstance(value.get("command"), str):
            yield Launch(data, pointer, value, are_servers)
        for key, inner in value.items():
            yield from _in(data, (*pointer, key), inner, are_servers=are_servers)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _in(data, (*pointer, index), inner, are_servers=are_servers)
