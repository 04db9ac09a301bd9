"""Plugin -> plugin-name-of-claude."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.entries import is_anthropic
from skillcheck.rules.names import reads_as_anthropic
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK523", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def plugin_name_of_claude(plugin: Plugin) -> Iterator[Told]:
    """The plugin's name holds the word claude or anthropic.

    It reads as one of Anthropic's own. Claude Code's validator warns, and fails with --strict.
    """
    fields = plugin.manifest.mapping() if plugin.manifest else {}
    name = fields.get("name")
    is_of_claude = isinstance(name, str) and reads_as_anthropic(name)
    if plugin.manifest and is_of_claude and not is_anthropic(fields.get("author")):
        message = f"the plugin's name {name!r} reads as one of Anthropic's own"
        yield Told(plugin.manifest.place("name"), message, "name the plugin for what it does")
