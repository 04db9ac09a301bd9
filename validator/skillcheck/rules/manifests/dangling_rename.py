"""Marketplace -> dangling-rename."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skillcheck.model import Json, Marketplace
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
    names: set[Json] = {name for _, entry in entries(marketplace) if isinstance(name := entry.get("name"), str)}
    for old, new in renames.items():
        place = marketplace.data.place("renames", old)
        if isinstance(new, str) and new not in names and new not in renames:
            message = f"{old!r} is renamed to {new!r}, which is no plugin here"
            yield Told(place, message, "name a plugin of the list, or null")
        elif _is_circular(old, renames, names):
            yield Told(place, f"the renames of {old!r} lead back to it", "name a plugin of the list, or null")


def _is_circular(old: str, renames: Mapping[str, Json], names: set[Json]) -> bool:
    """Return whether following the renames ends nowhere."""
    seen: set[Json] = set()
    name: Json = old
    while isinstance(name, str) and name not in seen and (name == old or name not in names):
        seen.add(name)
        name = renames.get(name)
    return name in seen
