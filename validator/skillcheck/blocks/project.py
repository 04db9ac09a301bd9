"""The `file` units of a skill -> the example project that a program finds on disk."""

from __future__ import annotations

from collections.abc import Sequence

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

    def files(self, position: int) -> tuple[Unit, ...]:
        """Return one version of each path as the unit at `position` sees it, in the order of the paths.

        That is its own; else the nearest earlier one, of its own document first; else the first later one.
        """
        found = (self._version(versions, position) for _, versions in sorted(self._versions.items()))
        return tuple(self._units[index] for index in found)

    def _version(self, versions: list[int], position: int) -> int:
        document = self._units[position].block.document
        earlier = [index for index in versions if index <= position]
        near = [index for index in earlier if self._units[index].block.document == document]
        return (near or earlier or [min(versions)])[-1]
