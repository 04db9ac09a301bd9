"""The units of a skill -> which of them bind a name, nearest first, without reading them all again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from skillcheck.blocks.names import Names, names
from skillcheck.model import Role, Unit

_Key = tuple[str, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Index:
    """The Python units of a skill, by what they bind.

    `givers` holds the positions of the units that bind a name, ascending, by document, by whether the unit is a
    `file`, by whether its names are certain, and by name. `stars` holds those with star imports, by document;
    `replaced` says at which later position of the same document a file's path is written again.
    """

    units: tuple[Unit, ...]
    givers: dict[_Key, list[int]]
    stars: dict[str, list[int]]
    replaced: dict[int, int]

    def nearest(self, position: int, name: str) -> int | None:
        """Return the nearest earlier unit that binds a name: scripts before files, certain ones before guesses."""
        document = self.units[position].block.document
        for is_file, parsed in ((False, True), (True, True), (False, False), (True, False)):
            among = self.givers.get((document, is_file, parsed, name), [])
            for index in reversed(among[: bisect_left(among, position)]):
                if self.replaced.get(index, position) >= position:
                    return index
        return None

    def starred(self, position: int) -> list[int]:
        """Return the earlier units whose star imports may bind anything: the nearest for each module."""
        among = self.stars.get(self.units[position].block.document, [])
        earlier = among[: bisect_left(among, position)]
        return sorted({module: index for index in earlier for module in names_of(self.units[index]).stars}.values())

    def earlier(self, position: int) -> list[int]:
        """Return the earlier Python units that are more than shown, nearest first, those of the same document first."""
        found = [
            index
            for index in range(position - 1, -1, -1)
            if self.units[index].language == "python" and self.units[index].role is not Role.SHOWN
        ]
        document = self.units[position].block.document
        return sorted(found, key=lambda index: self.units[index].block.document != document)


def index(units: Sequence[Unit]) -> Index:
    """Return the index of a skill's units."""
    givers: defaultdict[_Key, list[int]] = defaultdict(list)
    stars: defaultdict[str, list[int]] = defaultdict(list)
    replaced: dict[int, int] = {}
    versions: dict[tuple[str, str | None], int] = {}
    for position, unit in enumerate(units):
        document, is_file = unit.block.document, unit.role is Role.FILE
        if is_file and (document, unit.path) in versions:
            replaced[versions[document, unit.path]] = position
        if is_file:
            versions[document, unit.path] = position
        if unit.role is Role.SHOWN or unit.language != "python":
            continue
        known = names_of(unit)
        for name in known.gives:
            givers[document, is_file, known.parsed, name].append(position)
        if known.stars and not is_file:
            stars[document].append(position)
    return Index(tuple(units), givers, stars, replaced)


def names_of(unit: Unit) -> Names:
    """Return the names that a Python unit needs and gives."""
    return names(unit.block.text, unit.path or "")
