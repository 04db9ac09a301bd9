"""A plugin -> the MCP servers that it brings, wherever they are written."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import ComponentKind, Data, Json, Plugin, Pointer


def servers(plugin: Plugin) -> Iterator[tuple[Data, Pointer, dict[str, Json]]]:
    """Yield each server of plugin.json and of the files of servers with where it stands, its name as the last step."""
    for data, base in _tables(plugin):
        found = data.at(*base)
        for name, server in found.items() if isinstance(found, dict) else ():
            if isinstance(server, dict):
                yield data, (*base, name), server


def _tables(plugin: Plugin) -> Iterator[tuple[Data, Pointer]]:
    if plugin.manifest:
        inline = plugin.manifest.at("mcpServers")
        listed = range(len(inline)) if isinstance(inline, list) else ()
        yield plugin.manifest, ("mcpServers",)
        yield from ((plugin.manifest, ("mcpServers", index)) for index in listed)
    for component in plugin.components:
        if component.kind is ComponentKind.MCP:
            yield component.data, ("mcpServers",) if "mcpServers" in component.data.mapping() else ()
