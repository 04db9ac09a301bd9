"""The text of a TOML file → where its keys stand, which TOML's own reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillcheck.model import Place, Pointer
from skillcheck.model.lean import dataclass

TABLE = re.compile(r"\s*\[\[?(?P<key>[^\[\]#]+)\]")
PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
KEY = re.compile(rf"\s*(?P<key>{PART}(?:[ \t]*\.[ \t]*{PART})*)[ \t]*=")


@dataclass(frozen=True, slots=True)
class Keys:
    """A file as shown and its text; `prefix` is the table in it that is ours."""

    path: str
    text: str
    prefix: Pointer

    def place(self, pointer: Sequence[str | int]) -> Place:
        """Return the place of the key at `pointer` below the prefix, or of the nearest one around it."""
        places = dict(self._places())
        wanted = (*self.prefix, *pointer)
        around = (wanted[:length] for length in range(len(wanted), 0, -1))
        return next((places[key] for key in around if key in places), Place(self.path))

    def _places(self) -> Iterator[tuple[Pointer, Place]]:
        table: Pointer = ()
        for number, line in enumerate(self.text.split("\n"), 1):
            if (heading := TABLE.match(line)) and (parts := _split(heading["key"])):
                table = parts
                yield table, Place(self.path, number, heading.start("key") + 1)
            elif assigned := KEY.match(line):
                place = Place(self.path, number, assigned.start("key") + 1)
                yield (*table, *_split(assigned["key"])), place


def _split(key: str) -> Pointer:
    """Return the parts of a dotted key; none for a line of a long string that only looks like one."""
    import tomllib  # noqa: PLC0415 - which only a project with a configuration needs

    try:
        data = tomllib.loads(f"{key} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts = []
    while isinstance(data, dict):
        part, data = next(iter(data.items()))
        parts.append(part)
    return tuple(parts)
