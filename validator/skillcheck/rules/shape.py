"""Data and a schema -> complaints in prose, each at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import cast

from skillcheck.model import Data, Json, Pointer
from skillcheck.model.lean import dataclass
from skillcheck.rules.breaches import Breach, Schema, breaches, is_of
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import Told
from skillcheck.rules.wording import closest, kind, shown, where

_TYPES = {
    "string": "a string",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
_BRANCHES = frozenset({"anyOf", "oneOf"})
_WRAPPERS = frozenset({"mcpServers", "mcpservers", "mcp_servers", "servers", "lspServers"})
_HOOK = frozenset({"type", "command", "prompt", "url"})  # by which one knows a hook that is no list of them
_INSTEAD = {
    "repo": {"repository"},
    "source": {"type", "kind"},
    "url": {"uri", "address", "href"},
    "package": {"name"},
    "command": {"cmd"},
}
"""What is written in place of a field that is missing."""


MOST = 20_000
"""So many breaches of one part of a schema are complained of in a file."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One way in which data breaks its schema; `keyword` is the schema's word for it, `types` those it takes.

    `is_warning` is true where Claude Code ignores the value with a warning.
    """

    pointer: Pointer
    keyword: str
    told: Told
    types: tuple[str, ...] = ()
    is_warning: bool = False


def complaints(schema: str, data: Data) -> tuple[Complaint, ...]:
    """Return what breaks the schema of that name, the deepest error of each branch."""
    return _listed(schema)(data)


def fits(schema: str, pointer: Pointer, value: Json) -> bool:
    """Return whether the schema takes a value at a pointer, whatever may stand beside it."""
    whole = value
    for step in reversed(pointer):
        whole = [whole] if isinstance(step, int) else {step: whole}
    at = tuple(0 if isinstance(step, int) else step for step in pointer)
    return all(breach.pointer[: len(at)] != at for breach in breaches(schema, whole))


@cache
def _listed(schema: str) -> Callable[[Data], tuple[Complaint, ...]]:
    return remembered(lambda data: tuple(_complaints(schema, data)))


def _complaints(schema: str, data: Data) -> Iterator[Complaint]:
    for breach in _some(breaches(schema, data.value)):
        if _is_told_by_type(breach):
            continue
        if _wraps_servers(breach):
            yield _wrapped(breach, data)
        elif breach.keyword == "required":
            yield from _missing(breach, data)
        elif breach.keyword == "additionalProperties":
            yield from _surplus(breach, data)
        elif breach.of_key:
            yield _misnamed(breach, (*breach.pointer, str(breach.value)), data)
        else:
            types, told = _types(breach.schema), _told(breach, data)
            yield Complaint(breach.pointer, breach.keyword, told, types, _warns(breach))


def _some(found: Iterable[Breach]) -> Iterator[Breach]:
    """Yield the breaches, of one keyword in one place of the schema only so many as do not fill the memory."""
    counted: Counter[tuple[str, int]] = Counter()
    for breach in found:
        part = (breach.keyword, id(breach.schema))  # which stays while the schemas are remembered
        counted[part] += 1
        if counted[part] <= MOST:
            yield breach


def _warns(breach: Breach) -> bool:
    return breach.schema.get("x-warning") is True


def _missing(breach: Breach, data: Data) -> Iterator[Complaint]:
    instance = cast("dict[str, Json]", breach.value)
    for name in breach.asked:
        if name not in instance:
            pointer = (*breach.pointer, name)
            told = Told(data.place(*breach.pointer), f"`{where(pointer)}` is missing", _addition(name, instance))
            yield Complaint(pointer, "required", told, is_warning=_warns(breach))


def _addition(name: str, instance: dict[str, Json]) -> str:
    """Return how a field that is missing comes into a mapping: under its name, or as what stands there already."""
    if name == "hooks" and not _HOOK.isdisjoint(instance):
        return 'write the hook into a list there: `"hooks": [ … ]`'
    near = next((key for key in instance if meant(key, name)), None)
    return f"rename `{near}` to `{name}`" if near else f"add `{name}`"


def meant(key: str, name: str) -> bool:
    """Return whether a field is often written in the place of another one."""
    return key in _INSTEAD.get(name, ())


def _is_told_by_type(breach: Breach) -> bool:
    """Return whether a value fits none of several schemas since its type is none they take, which is told besides."""
    types = breach.schema.get("type") if breach.keyword in _BRANCHES else None
    return types is not None and not is_of(types, breach.value)


def _wraps_servers(breach: Breach) -> bool:
    """Return whether what is read as one server holds servers, as other clients have it."""
    value, name = breach.value, breach.pointer[-1] if breach.pointer else ""
    is_asked = breach.keyword in {"required", "additionalProperties"} and name in _WRAPPERS
    return is_asked and isinstance(value, dict) and all(isinstance(inner, dict) for inner in value.values())


def _wrapped(breach: Breach, data: Data) -> Complaint:
    """Complain of a mapping of servers that stands where a server belongs."""
    *above, name = breach.pointer
    is_renamed = not above and breach.keyword == "required" and name != "lspServers"
    fix = "rename it to `mcpServers`" if is_renamed else "write the servers in its place, without it around them"
    message = f"`{where(breach.pointer)}` is read as a server, and holds servers"
    told = Told(data.key_place(*breach.pointer), message, fix)
    return Complaint(breach.pointer, "required", told, is_warning=_warns(breach))


def _surplus(breach: Breach, data: Data) -> Iterator[Complaint]:
    names, instance = breach.schema["properties"], cast("dict[str, Json]", breach.value)
    for key in instance:
        if key not in names:
            inner, near = (*breach.pointer, key), closest(key, names)
            fix = f"rename it to `{near}`" if near else f"remove `{key}`, only {', '.join(names)} are taken"
            told = Told(data.key_place(*inner), f"`{where(inner)}` is no field that is known there", fix)
            yield Complaint(inner, "additionalProperties", told, is_warning=_warns(breach))


def _misnamed(breach: Breach, pointer: Pointer, data: Data) -> Complaint:
    """Complain of a key, at the key."""
    message = f"the key `{where(pointer)}` is {shown(breach.value)}, expected {_expected(breach.schema)}"
    told = Told(data.key_place(*pointer), message, _remedy(breach))
    return Complaint(pointer, "propertyNames", told, is_warning=_warns(breach))


def _remedy(breach: Breach) -> str:
    """Return what to write: the nearest of a few words, where they are all that is taken."""
    if remedy := breach.schema.get("x-remedies", {}).get(breach.value if isinstance(breach.value, str) else None):
        return str(remedy)
    words = [word for word in breach.asked if isinstance(word, str)] if breach.keyword == "enum" else ()
    near, expected = closest(f"{breach.value}", words), _expected(breach.schema)
    return f"write `{near}`" if near else f"write {expected}" if expected.startswith("it ") else f"make it {expected}"


def _told(breach: Breach, data: Data) -> Told:
    if names := _choice(breach):
        return _of_choice(breach, names, data)
    value, expected = breach.value, _expected(breach.schema)
    given = kind(value) if breach.keyword == "type" else shown(value)
    message = f"{_named(breach)} is {given}, expected {expected}"
    return Told(data.place(*breach.pointer), message, _remedy(breach))


def _named(breach: Breach) -> str:
    return f"`{where(breach.pointer)}`" if breach.pointer else "the file"


def _choice(breach: Breach) -> list[str]:
    """Return the fields of which a mapping needs one, none where something else is asked."""
    parts = breach.asked if breach.keyword == "anyOf" and isinstance(breach.value, dict) else ()
    return [part["required"][0] for part in parts] if all(part.keys() == {"required"} for part in parts) else []


def _of_choice(breach: Breach, names: list[str], data: Data) -> Told:
    """Tell that a mapping has none of the fields of which it needs one."""
    value = cast("dict[str, Json]", breach.value)
    near = next(((key, near) for key in value if (near := closest(key, names))), None)
    is_moved = value.keys() - breach.schema.get("properties", {}).keys()
    instead = f"write what it holds below `{names[0]}`" if is_moved else f"add `{names[0]}`"
    message = f"{_named(breach)} has neither {' nor '.join(f'`{name}`' for name in names)}"
    return Told(data.place(*breach.pointer), message, f"rename `{near[0]}` to `{near[1]}`" if near else instead)


def _types(schema: Schema) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _expected(schema: Schema) -> str:
    if "description" in schema:
        return str(schema["description"])
    types = schema.get("type", "object")
    names = [types] if isinstance(types, str) else types
    return " or ".join(_TYPES[name] for name in names if name in _TYPES)
