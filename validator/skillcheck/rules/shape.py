"""Data and a schema -> complaints in prose, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from skillcheck import facts
from skillcheck.model import Data, Json, Pointer
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import Told
from skillcheck.rules.wording import closest, kind, shown, where

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_SCHEMAS = ("skill-frontmatter", "plugin", "marketplace", "hooks", "mcp", "lsp")
_ABOUT = frozenset({"$schema", "$id", "title", "description", "x-warning"})
_MOST_SHAPES = 4096
_TYPES = {
    "string": "a string",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


Shape: TypeAlias = tuple[tuple[str, type | str], ...]


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


@cache
def _listed(schema: str) -> Callable[[Data], tuple[Complaint, ...]]:
    fitting: set[Shape] = set()

    def listed(data: Data) -> tuple[Complaint, ...]:
        shape = shape_of(schema, data.value)
        found = () if shape in fitting else tuple(_complaints(schema, data))
        if shape and not found and len(fitting) < _MOST_SHAPES:
            fitting.add(shape)
        return found

    return remembered(listed)


def shape_of(schema: str, value: Json) -> Shape | None:
    """Return what the schema sees of a mapping: values of one shape all break it or none does. None of anything else.

    Most frontmatter has one of a few shapes, which need not be looked at again.
    """
    valued = _valued(schema)
    if not isinstance(value, dict) or valued is None:
        return None
    return tuple(
        (key, repr(part) if key in valued or isinstance(part, float) else type(part)) for key, part in value.items()
    )


@cache
def _valued(schema: str) -> frozenset[str] | None:
    """Return the fields of which a schema looks at more than the type; None where that cannot be said of each alone."""
    known = facts.schema(schema)
    if not set(known) <= _ABOUT | {"type", "required", "properties"}:
        return None
    return frozenset(name for name, part in known["properties"].items() if not set(part) <= _ABOUT | {"type"})


def _complaints(schema: str, data: Data) -> Iterator[Complaint]:
    for error in _validator(schema).iter_errors(data.value):
        pointer: Pointer = tuple(error.absolute_path)
        if error.validator == "required":
            yield from _missing(error, pointer, data)
        elif error.validator == "additionalProperties":
            yield from _surplus(error, pointer, data)
        elif "propertyNames" in list(error.relative_schema_path)[-2:]:
            yield _misnamed(error, (*pointer, str(error.instance)), data)
        else:
            types, told = _types(error.schema), _told(error, pointer, data)
            yield Complaint(pointer, str(error.validator), told, types, _warns(error))


def _warns(error: ValidationError) -> bool:
    return isinstance(error.schema, dict) and error.schema.get("x-warning") is True


def _missing(error: ValidationError, pointer: Pointer, data: Data) -> Iterator[Complaint]:
    required, instance = cast("list[str]", error.validator_value), cast("dict[str, Json]", error.instance)
    for name in required:
        if name not in instance:
            inner = where((*pointer, name))
            told = Told(data.place(*pointer), f"`{inner}` is missing", f"add `{name}`")
            yield Complaint((*pointer, name), "required", told, is_warning=_warns(error))


def _surplus(error: ValidationError, pointer: Pointer, data: Data) -> Iterator[Complaint]:
    known, instance = cast("dict[str, Json]", error.schema)["properties"], cast("dict[str, Json]", error.instance)
    names = cast("dict[str, Json]", known)
    for key in instance:
        if key not in names:
            inner, near = (*pointer, key), closest(key, names)
            fix = f"rename it to `{near}`" if near else f"remove `{key}`, only {', '.join(names)} are taken"
            told = Told(data.key_place(*inner), f"`{where(inner)}` is no field that is known there", fix)
            yield Complaint(inner, "additionalProperties", told, is_warning=_warns(error))


def _misnamed(error: ValidationError, pointer: Pointer, data: Data) -> Complaint:
    """Complain of a key, at the key."""
    message = f"the key `{where(pointer)}` is {shown(cast('Json', error.instance))}, expected {_expected(error.schema)}"
    told = Told(data.key_place(*pointer), message, _remedy(error))
    return Complaint(pointer, "propertyNames", told, is_warning=_warns(error))


def _remedy(error: ValidationError) -> str:
    """Return what to write: the nearest of a few words, where they are all that is taken."""
    words = error.validator_value if error.validator == "enum" else ()
    near = closest(str(error.instance), map(str, cast("list[Json]", words)))
    return f"write `{near}`" if near else f"make it {_expected(error.schema)}"


def _told(error: ValidationError, pointer: Pointer, data: Data) -> Told:
    value, expected = cast("Json", error.instance), _expected(error.schema)
    given = kind(value) if error.validator == "type" else shown(value)
    message = f"`{where(pointer) or 'the file'}` is {given}, expected {expected}"
    return Told(data.place(*pointer), message, _remedy(error))


def _types(schema: Any) -> tuple[str, ...]:  # noqa: ANN401 - a schema is any JSON
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _expected(schema: Any) -> str:  # noqa: ANN401 - a schema is any JSON
    if "description" in schema:
        return str(schema["description"])
    types = schema.get("type", "object")
    names = [types] if isinstance(types, str) else types
    return " or ".join(_TYPES[name] for name in names if name in _TYPES)


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - its import costs more than all other work on a skill
    from referencing import Registry, Resource  # noqa: PLC0415 - comes with jsonschema

    contents = [dict(facts.schema(each)) for each in _SCHEMAS]
    registry: Registry[Any] = Registry().with_resources(
        (content["$id"], Resource.from_contents(content)) for content in contents
    )
    return Draft202012Validator(facts.schema(name), registry=registry)
