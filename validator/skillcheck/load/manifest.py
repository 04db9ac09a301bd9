"""JSON file -> Data, whose root has to be an object, or a list where one is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from skillcheck.load.limits import Limits
from skillcheck.load.placed_json import parse
from skillcheck.load.source import decode
from skillcheck.load.tree import EscapingError, read_file
from skillcheck.model import Data, Fault, FaultKind, Place, Pointer

_TYPES: dict[type, str] = {
    list: "a list",
    dict: "an object",
    str: "a string",
    bool: "a boolean",
    type(None): "a null",
}


def load_json(
    location: Path, path: str, limits: Limits, roots: tuple[type, ...] = (dict,)
) -> tuple[Data, tuple[Fault, ...]]:
    """Read a JSON file, whose root has to have one of the types; the first is what is asked for."""
    nothing = Data({}, {(): Place(path)})
    try:
        size = location.stat().st_size
        if size > limits.max_file:
            fact = f"the file holds {size:,} bytes, more than the {limits.max_file:,} that are read"
            return nothing, (Fault(FaultKind.TOO_LARGE, Place(path), fact, "shorten it"),)
        source, broken = decode(path, read_file(str(location), limits.roots))
    except IsADirectoryError:
        return nothing, (Fault(FaultKind.UNREADABLE, Place(path), "a folder stands where a file is read", "rename it"),)
    except OSError as error:
        return nothing, (unreadable(path, error),)
    if any(fault.place == Place(path) for fault in broken):  # no reader of JSON takes wide characters
        return nothing, tuple(replace(fault, kind=FaultKind.BAD_JSON) for fault in broken)
    data, faults = parse(source)
    if not faults and not isinstance(data.value, roots):
        wanted, remedy = ("a list", "write `[ … ]`") if roots[0] is list else ("an object", "write `{ … }`")
        fact = f"the file holds {_TYPES.get(type(data.value), 'a number')}, not {wanted}"
        return nothing, (*broken, Fault(FaultKind.NOT_A_MAPPING, data.place(), fact, remedy))
    return data, (*broken, *faults, *map(twice, data.duplicates))


def unreadable(path: str, error: OSError) -> Fault:
    """Tell why a file is not read."""
    remedy = "copy the file" if isinstance(error, EscapingError) else "mend its permissions"
    return Fault(FaultKind.UNREADABLE, Place(path), f"the file cannot be read: {error.strerror}", remedy)


def twice(duplicate: tuple[Pointer, Place]) -> Fault:
    """Tell that a key stands twice in one mapping."""
    pointer, place = duplicate
    fact = f"the key `{pointer[-1]}` stands twice, the last one counts"
    return Fault(FaultKind.DUPLICATE_KEY, place, fact, f"keep one `{pointer[-1]}`")
