"""Marketplace -> reserved-entry-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.entries import entries, is_anthropic
from skillcheck.rules.names import is_reserved
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK522", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def reserved_entry_name(marketplace: Marketplace) -> Iterator[Told]:
    """An entry's name passes as Anthropic's own.

    Claude Code's validator refuses such names from third parties.
    """
    for index, entry in entries(marketplace):
        name = entry.get("name")
        if isinstance(name, str) and is_reserved(name) and not is_anthropic(marketplace.data.mapping().get("owner")):
            message = f"the plugin's name {name!r} is reserved for Anthropic"
            yield Told(marketplace.data.place("plugins", index, "name"), message, "name the plugin for what it does")
