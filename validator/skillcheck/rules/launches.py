"""Plugin -> what its hooks, servers and monitors start, and where that is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skillcheck.model import ComponentKind, Data, Json, Place, Plugin, Pointer

_SERVERS = ("mcpServers", "lspServers")
_READ = (ComponentKind.HOOKS, ComponentKind.MCP)
_FIELDS = ("hooks", *_SERVERS, "monitors")


@dataclass(frozen=True, slots=True)
class Launch:
    """Something that is started: its `fields` as they are written, and what they belong to."""

    data: Data
    pointer: Pointer
    fields: dict[str, Json]

    @property
    def is_server(self) -> bool:
        """Whether it is a program with arguments; all others are lines for a shell."""
        return not {"hooks", "monitors"} & set(self.pointer)

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
            yield from _in(component.data, (), component.data.value)
    manifest = plugin.manifest or Data({})
    for field in _FIELDS:
        yield from _in(manifest, (field,), manifest.mapping().get(field))


def data_of(plugin: Plugin) -> Iterator[tuple[Data, Pointer, Json]]:
    """Yield the hooks and the MCP servers of a plugin as they are written, each with where it stands."""
    sources = [component.data for component in plugin.components if component.kind in _READ]
    for data in [*sources, *([plugin.manifest] if plugin.manifest else [])]:
        for field in ("hooks", "mcpServers"):
            if field in data.mapping():
                yield data, (field,), data.mapping()[field]


def _in(data: Data, pointer: Pointer, value: Json) -> Iterator[Launch]:
    if isinstance(value, dict):
        if isinstance(value.get("command"), str):
            yield Launch(data, pointer, value)
        for key, inner in value.items():
            yield from _in(data, (*pointer, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _in(data, (*pointer, index), inner)
