"""Plugin -> experimental-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_MOVED = ("monitors", "themes")


@rule(
    "SK524", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def experimental_component(plugin: Plugin) -> Iterator[Told]:
    """An experimental component stands at the top of plugin.json.

    Claude Code still loads it from there, and says that it will not for ever.
    """
    for key in _MOVED if plugin.manifest else ():
        if plugin.manifest and key in plugin.manifest.mapping():
            message = f"`{key}` is experimental, and stands at the top level"
            yield Told(plugin.manifest.key_place(key), message, f"move it to `experimental.{key}`")
