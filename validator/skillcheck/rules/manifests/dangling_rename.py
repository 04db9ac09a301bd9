"""Marketplace -> dangling-rename."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skillcheck.model import Json, Marketplace
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_CIRCLE = True  # which is the name of no plugin


@rule("SK519", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def dangling_rename(marketplace: Marketplace) -> Iterator[Told]:
    """A rename leads to no plugin.

    Claude Code's validator refuses the marketplace. Users of the old name are left without the plugin.
    """
    renames = marketplace.data.mapping().get("renames")
    if not isinstance(renames, dict):
        return
    names: set[Json] = {name for _, entry in entries(marketplace) if isinstance(name := entry.get("name"), str)}
    ends: dict[str, Json] = {}
    for old, new in renames.items():
        place = marketplace.data.place("renames", old)
        if isinstance(new, str) and new not in names and new not in renames:
            message = f"{old!r} is renamed to {new!r}, which is no plugin here"
            yield Told(place, message, "name a plugin of the list, or null")
        elif _end(new, renames, names, ends) in (_CIRCLE, old):
            yield Told(place, f"the renames of {old!r} lead back to it", "name a plugin of the list, or null")


def _end(name: Json, renames: Mapping[str, Json], names: set[Json], ends: dict[str, Json]) -> Json:
    """Return where a name leads: to a plugin, to nothing, or round in a circle; `ends` keeps what was found."""
    walked: list[str] = []
    while isinstance(name, str) and name not in names and name not in ends:
        ends[name] = _CIRCLE  # as long as it is walked
        walked.append(name)
        name = renames.get(name)
    end = ends.get(name, name) if isinstance(name, str) else name
    ends.update(dict.fromkeys(walked, end))
    return end
