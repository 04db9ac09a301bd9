"""Manifests -> their entries, and what belongs together."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Iterable, Iterator

from skillcheck import facts
from skillcheck.model import Bundle, Data, Edit, Fault, FaultKind, Json, Marketplace, Plugin, Pointer
from skillcheck.rules.rule import Told
from skillcheck.rules.shape import fits
from skillcheck.rules.wording import closest, is_same_word, where

_UNPARSED = {
    FaultKind.BAD_JSON,
    FaultKind.NOT_A_MAPPING,
    FaultKind.NOT_FOUND,
    FaultKind.TOO_LARGE,
    FaultKind.UNREADABLE,
}
_FIELDS = 100
_ELSEWHERE = {
    ("plugin", "plugins"): "list plugins in a marketplace.json",
    ("plugin", "owner"): "write `author`, an owner is of a marketplace.json",
    ("marketplace", "pluginRoot"): "move it below `metadata`",
    ("marketplace", "author"): "write `owner`",
}
"""What belongs somewhere else, and where."""


def is_parsed(faults: Iterable[Fault]) -> bool:
    """Return whether a manifest with these faults was parsed, so that what it lacks is the author's doing."""
    return all(fault.kind not in _UNPARSED for fault in faults)


def entries(marketplace: Marketplace) -> Iterator[tuple[int, dict[str, Json]]]:
    """Yield the entries of a marketplace that are mappings, with their indices."""
    plugins = marketplace.data.mapping().get("plugins")
    for index, entry in enumerate(plugins if isinstance(plugins, list) else ()):
        if isinstance(entry, dict):
            yield index, entry


def joined(bundle: Bundle) -> Iterator[tuple[Marketplace, int, dict[str, Json], Plugin]]:
    """Yield each entry with the plugin at its relative source, where that has a manifest."""
    plugins = {posixpath.normpath(plugin.location): plugin for plugin in bundle.plugins if plugin.manifest}
    for marketplace in bundle.marketplaces:
        for index, entry in entries(marketplace):
            source = entry.get("source")
            if isinstance(source, str):
                plugin = plugins.get(posixpath.normpath(posixpath.join(marketplace.root, source)))
                if plugin:
                    yield marketplace, index, entry, plugin


def manifests(plugin: Plugin) -> Iterator[tuple[Data, Pointer]]:
    """Yield plugin.json and the entries that list the plugin, each with where its fields stand."""
    if plugin.manifest:
        yield plugin.manifest, ()
    yield from plugin.entries


def unknown(schema: str, data: Data, pointer: Pointer, known: Collection[str]) -> Told:
    """Return what is to be said of a field that Claude Code ignores."""
    *above, key = pointer
    near = closest(str(key), known)
    fix = f"rename it to `{near}`" if near else _ELSEWHERE.get((schema, str(key)), "remove it")
    place, message = data.key_place(*pointer), f"Claude Code knows no field `{where(pointer)}` and ignores it"
    is_alone = near is not None and _meant(data.at(*above), known).count(near) == 1
    is_fixed = is_alone and near is not None and fits(schema, (*above, near), data.at(*pointer))
    edits = (Edit(place, json.dumps(near)),) if is_fixed else ()
    return Told(place, message, fix, edits, is_same_word(str(key), near or ""))


def _meant(siblings: Json, known: Collection[str]) -> list[str | None]:
    """Return which known field each of a mapping's is most like; of more fields than anybody writes, nothing."""
    fields = siblings if isinstance(siblings, dict) and len(siblings) <= _FIELDS else ()
    return [closest(field, known) for field in fields]


def is_in_hooks(pointer: Pointer) -> bool:
    """Return whether a value belongs to the hooks of an entry, which refuses what plugin.json ignores."""
    return pointer[:1] == ("plugins",) and "hooks" in pointer[2:3]


def is_engine(pointer: Pointer) -> bool:
    """Return whether a value is the range of versions that a plugin asks for, without which it is loaded too."""
    return pointer[-2:] == ("engines", "claude-code")


def is_loaded_unread(pointer: Pointer) -> bool:
    """Return whether Claude Code loads a plugin all the same where this value of plugin.json has the wrong shape."""
    return not facts.plugin().loaded_unread.isdisjoint(map(str, pointer[:1])) or is_engine(pointer)


def is_anthropic(person: Json) -> bool:
    """Return whether an owner or author writes from Anthropic's own domain."""
    email = person.get("email") if isinstance(person, dict) else None
    return isinstance(email, str) and email.lower().endswith("@anthropic.com")
