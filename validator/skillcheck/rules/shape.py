"""Data and a schema -> complaints in prose, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from skillcheck.model import Data, Json, Pointer
from skillcheck.rules.breaches import Breach, Schema, breaches
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
    for breach in breaches(schema, data.value):
        if breach.keyword == "required":
            yield from _missing(breach, data)
        elif breach.keyword == "additionalProperties":
            yield from _surplus(breach, data)
        elif breach.of_key:
            yield _misnamed(breach, (*breach.pointer, str(breach.value)), data)
        else:
            types, told = _types(breach.schema), _told(breach, data)
            yield Complaint(breach.pointer, breach.keyword, told, types, _warns(breach))


def _warns(breach: Breach) -> bool:
    return breach.schema.get("x-warning") is True


def _missing(breach: Breach, data: Data) -> Iterator[Complaint]:
    instance = cast("dict[str, Json]", breach.value)
    for name in breach.asked:
        if name not in instance:
            pointer = (*breach.pointer, name)
            told = Told(data.place(*breach.pointer), f"`{where(pointer)}` is missing", f"add `{name}`")
            yield Complaint(pointer, "required", told, is_warning=_warns(breach))


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
    words = [word for word in breach.asked if isinstance(word, str)] if breach.keyword == "enum" else ()
    near, expected = closest(f"{breach.value}", words), _expected(breach.schema)
    return f"write `{near}`" if near else f"write {expected}" if expected.startswith("it ") else f"make it {expected}"


def _told(breach: Breach, data: Data) -> Told:
    value, expected = breach.value, _expected(breach.schema)
    given = kind(value) if breach.keyword == "type" else shown(value)
    message = f"`{where(breach.pointer) or 'the file'}` is {given}, expected {expected}"
    return Told(data.place(*breach.pointer), message, _remedy(breach))


def _types(schema: Schema) -> tuple[str, ...]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _expected(schema: Schema) -> str:
    if "description" in schema:
        return str(schema["description"])
    types = schema.get("type", "object")
    names = [types] if isinstance(types, str) else types
    return " or ".join(_TYPES[name] for name in names if name in _TYPES)
