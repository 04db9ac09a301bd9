"""Marketplace -> dangling-rename."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK519", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def dangling_rename(marketplace: Marketplace) -> Iterator[Told]:
    """A rename leads to no plugin.

    Claude Code's validator refuses the marketplace. Users of the old name are left without the plugin.
    """
    renames = marketplace.data.mapping().get("renames")
    if not isinstance(renames, dict):
        return
    names = {entry.get("name") for _, entry in entries(marketplace)}
    for old, new in renames.items():
        if isinstance(new, str) and new not in names and new not in renames:
            message = f"{old!r} is renamed to {new!r}, which is no plugin here"
            yield Told(marketplace.data.place("renames", old), message, "name a plugin of the list, or null")
