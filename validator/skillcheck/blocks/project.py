"""The `file` units of a skill -> the example project that a program finds on disk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from skillcheck.blocks.lacking import modules_of
from skillcheck.blocks.names import Names
from skillcheck.model import Role, Unit


class Project:
    """The example project of a skill: every path, each with the positions of its versions."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Collect the versions of each path, in document order."""
        self._units = units
        self._versions: dict[str, list[int]] = {}
        for position, unit in enumerate(units):
            if unit.role is Role.FILE and unit.path is not None:
                self._versions.setdefault(unit.path, []).append(position)
        self._several = [path for path, versions in self._versions.items() if len(versions) > 1]
        self._made: dict[tuple[int, ...], tuple[Unit, ...]] = {}
        self._modules: dict[int, Mapping[str, Names]] = {}

    def files(self, position: int) -> tuple[Unit, ...]:
        """Return one version of each path as the unit at `position` sees it, in the order of the paths.

        That is its own; else the nearest earlier one, of its own document first; else the first later one. Units that
        see the same share one tuple.
        """
        chosen = tuple(self._version(path, position) for path in self._several)
        if chosen not in self._made:
            found = {path: versions[0] for path, versions in self._versions.items()}
            found |= dict(zip(self._several, chosen, strict=True))
            self._made[chosen] = tuple(self._units[index] for _, index in sorted(found.items()))
        return self._made[chosen]

    def modules(self, position: int) -> Mapping[str, Names]:
        """Return what the modules among those files bind; units that see the same files share that too."""
        files = self.files(position)
        if id(files) not in self._modules:
            self._modules[id(files)] = modules_of(files)
        return self._modules[id(files)]

    def _version(self, path: str, position: int) -> int:
        document = self._units[position].block.document
        versions = self._versions[path]
        earlier = versions[: bisect_right(versions, position)]
        near = (index for index in reversed(earlier) if self._units[index].block.document == document)
        return next(near, (earlier or versions[:1])[-1])
