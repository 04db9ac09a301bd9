"""Parsed YAML and JSON that remembers where each part stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Pointer: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A parsed value, with the place of every part of it.

    `values` maps the pointer of each value (the root is `()`) to its place; `keys` does so for each mapping key.
    """

    value: Json
    values: Mapping[Pointer, Place] = field(default_factory=dict)
    keys: Mapping[Pointer, Place] = field(default_factory=dict)
    duplicates: tuple[tuple[Pointer, Place], ...] = ()

    def mapping(self) -> dict[str, Json]:
        """Return the root if it is a mapping, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    def at(self, *pointer: str | int) -> Json:
        """Return the value at `pointer`, None where there is none."""
        value = self.value
        for step in pointer:
            match value, step:
                case dict(), _:
                    value = value.get(str(step))
                case list(), int() if step < len(value):
                    value = value[step]
                case _:
                    return None
        return value

    def place(self, *pointer: str | int) -> Place:
        """Return the place of the value at `pointer`, or of its nearest ancestor that has one."""
        return self._nearest(self.values, pointer)

    def key_place(self, *pointer: str | int) -> Place:
        """Return the place of the key at `pointer`; the value's place where it has no key."""
        return self.keys.get(pointer) or self.place(*pointer)

    def _nearest(self, places: Mapping[Pointer, Place], pointer: Pointer) -> Place:
        while pointer and pointer not in places:
            pointer = pointer[:-1]
        return places[pointer]
