"""The units of a skill -> which of them bind a name, nearest first, without reading them all again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from skillcheck.blocks.lent import lent
from skillcheck.blocks.names import Names, names
from skillcheck.blocks.sections import slug
from skillcheck.model import Role, Unit

_Key = tuple[str, bool, bool, str]
_STARS = 64


@dataclass(frozen=True, slots=True)
class Index:
    """The Python units of a skill that are more than shown, by what they bind and by what they are called.

    All positions are ascending. `givers` are the units that bind a name, by document, by whether the unit is a `file`,
    by whether its names are certain, and by name; `stars` those with star imports, by document; `called` those with a
    heading's slug, a snippet or a path; `live` all of them. `replaced` says at which later position of the same
    document a file's path is written again. `lent` are units that are only shown, reduced to their imports, by
    position; `shown` are the positions of those that bind a name, by document, by whether they lend it, and by name.
    """

    units: tuple[Unit, ...]
    givers: dict[_Key, list[int]]
    stars: dict[str, list[int]]
    called: dict[str, list[int]]
    live: list[int]
    replaced: dict[int, int]
    lent: dict[int, Unit]
    shown: dict[tuple[str, bool, str], list[int]]

    def at(self, position: int) -> Unit:
        """Return the unit that others are executed with: of one that is only shown, the imports."""
        return self.lent.get(position) or self.units[position]

    def lender(self, position: int, name: str, *, lends: bool = True) -> int | None:
        """Return the nearest earlier unit that is only shown and imports a name, or binds it and does not lend it."""
        among = self.shown.get((self.units[position].block.document, lends, name), [])
        return next(iter(_before(among, position, 1)), None)

    def nearest(self, position: int, name: str) -> int | None:
        """Return the nearest earlier unit that binds a name: scripts before files, certain ones before guesses."""
        document = self.units[position].block.document
        for is_file, parsed in ((False, True), (True, True), (False, False), (True, False)):
            among = self.givers.get((document, is_file, parsed, name), [])
            for at in range(bisect_left(among, position) - 1, -1, -1):
                if self.replaced.get(among[at], position) >= position:
                    return among[at]
        return None

    def starred(self, position: int) -> list[int]:
        """Return the earlier units whose star imports may bind anything: the nearest for each module."""
        earlier = _before(self.stars.get(self.units[position].block.document, []), position, _STARS)
        return sorted({module: index for index in earlier for module in names_of(self.units[index]).stars}.values())

    def previous(self, position: int) -> list[int]:
        """Return the unit just before, of the same document, none if there is none."""
        document = self.units[position].block.document
        return [at for at in _before(self.live, position, 1) if self.units[at].block.document == document]

    def answering(self, position: int, wanted: str, most: int) -> list[int]:
        """Return the last earlier units of that heading, snippet or path, of the same document if it has any."""
        names = {wanted, slug(wanted)}
        found = sorted({at for name in names for at in _before(self.called.get(name, []), position, most)})
        documents = [self.units[at].block.document for at in found]
        own = self.units[position].block.document
        kept = own if own in documents else documents[0] if documents else own
        return [at for at, document in zip(found, documents, strict=True) if document == kept]


def index(units: Sequence[Unit]) -> Index:
    """Return the index of a skill's units."""
    made = Index(tuple(units), defaultdict(list), defaultdict(list), defaultdict(list), [], {}, {}, defaultdict(list))
    versions: dict[tuple[str, str | None], int] = {}
    for position, unit in enumerate(units):
        if unit.role is Role.FILE:
            written = (unit.block.document, unit.path)
            if written in versions:
                made.replaced[versions[written]] = position
            versions[written] = position
        if unit.role is not Role.SHOWN and unit.language == "python":
            _enter(made, position, unit)
        elif unit.language == "python":
            _show(made, position, unit)
    return made


def names_of(unit: Unit) -> Names:
    """Return the names that a Python unit needs and gives."""
    return names(unit.block.text, unit.path or "")


def _enter(made: Index, position: int, unit: Unit) -> None:
    known, document, is_file = names_of(unit), unit.block.document, unit.role is Role.FILE
    made.live.append(position)
    for name in known.gives - known.imports if is_file else known.gives:  # what a module imports stays its own
        made.givers[document, is_file, known.parsed, name].append(position)
    if known.stars and not is_file:
        made.stars[document].append(position)
    called = {unit.snippet, unit.snippet.rpartition(".")[0], unit.path, *map(slug, unit.block.headings[-1:])}
    for name in filter(None, called):
        made.called[name].append(position)


def _show(made: Index, position: int, unit: Unit) -> None:
    reduced = lent(unit)
    given = names_of(reduced).gives if reduced else frozenset()
    if reduced:
        made.lent[position] = reduced
    for name in names_of(unit).gives | given:
        made.shown[unit.block.document, name in given, name].append(position)


def _before(positions: list[int], position: int, most: int) -> list[int]:
    end = bisect_left(positions, position)
    return positions[max(0, end - most) : end]
