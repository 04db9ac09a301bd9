"""JSON file -> Data, whose root has to be an object."""

from __future__ import annotations

from pathlib import Path

from skillcheck.load.limits import Limits
from skillcheck.load.placed_json import parse
from skillcheck.load.source import decode
from skillcheck.load.tree import read_file
from skillcheck.model import Data, Fault, FaultKind, Place

_TYPES: dict[type, str] = {list: "list", str: "string", bool: "boolean", type(None): "null"}


def load_json(location: Path, path: str, limits: Limits) -> tuple[Data, tuple[Fault, ...]]:
    """Read a JSON file, whose root has to be an object."""
    nothing = Data({}, {(): Place(path)})
    try:
        size = location.stat().st_size
        if size > limits.max_file:
            fact = f"the file holds {size:,} bytes, more than the {limits.max_file:,} that are read"
            return nothing, (Fault(FaultKind.TOO_LARGE, Place(path), fact, "shorten it"),)
        source, broken = decode(path, read_file(str(location)))
    except OSError as error:
        fact = f"the file cannot be read: {error.strerror}"
        return nothing, (Fault(FaultKind.UNREADABLE, Place(path), fact, "mend its permissions"),)
    data, faults = parse(source)
    if not isinstance(data.value, dict):
        fact = f"the file holds a {_TYPES.get(type(data.value), 'number')}, not an object"
        return nothing, (*broken, Fault(FaultKind.NOT_A_MAPPING, data.place(), fact, "write `{ … }`"))
    return data, (*broken, *faults)
