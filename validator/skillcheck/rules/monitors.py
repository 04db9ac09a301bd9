"""Monitors -> those that share a name, which is more than a schema can say."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Data, Pointer
from skillcheck.rules.rule import Told


def namesakes(data: Data, pointer: Pointer) -> Iterator[Told]:
    """Yield what is to be said of the monitors listed there: Claude Code loads none where two have one name."""
    listed = data.at(*pointer)
    seen: dict[str, int] = {}
    for index, monitor in enumerate(listed if isinstance(listed, list) else ()):
        name = monitor.get("name") if isinstance(monitor, dict) else None
        if isinstance(name, str) and seen.setdefault(name, index) != index:
            message = f"the monitor's name {name!r} is that of another, so that none is loaded"
            yield Told(data.place(*pointer, index, "name"), message, "give each monitor a name of its own")
