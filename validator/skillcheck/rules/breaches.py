"""A value and a schema → how it breaks the schema, as jsonschema says it.

That library takes 0.1 s to be imported, a third of what it takes to check a hundred skills, and forty times as long for
a manifest as this. Here is what our schemas use of JSON Schema; `tests/rules/test_breaches.py` asks both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final, TypeAlias

from skillcheck import facts
from skillcheck.model import Json, Pointer
from skillcheck.model.lean import dataclass

Schema: TypeAlias = Mapping[str, Any]

_END = re.compile(r"(?<!\\)\$")


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a value breaks a schema: which value, which schema, and the `keyword` of it that says so.

    `pointer` leads to the value; where `of_key` is true, the value is the key that stands there.
    """

    pointer: Pointer
    keyword: str
    value: Json
    schema: Schema
    of_key: bool = False

    @property
    def asked(self) -> Any:  # noqa: ANN401 - what a keyword of a schema holds is any JSON
        """What the keyword asks for."""
        return self.schema[self.keyword]


def breaches(name: str, value: Json) -> Iterator[Breach]:
    """Yield each way in which a value breaks the schema of that name, in the schema's order."""
    yield from _Reading(name).of(facts.schema(name), value, ())


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the schemas of one file, whose references lead to places in it and to other files beside it."""

    file: str

    def of(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        for keyword, asked in schema.items():
            if keyword in _FITS:
                if not _FITS[keyword](asked, value):
                    yield Breach(at, keyword, value, schema)
            elif keyword in _INSIDE:
                yield from _INSIDE[keyword](self, schema, value, at)

    def takes(self, schema: Schema, value: Json) -> bool:
        return next(self.of(schema, value, ()), None) is None

    def referred(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        file, target = _target(self.file, schema["$ref"])
        yield from _Reading(file).of(target, value, at)

    def required(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if isinstance(value, dict):
            yield from (Breach(at, "required", value, schema) for key in schema["required"] if key not in value)

    def properties(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if isinstance(value, dict):
            for key, part in schema["properties"].items():
                if key in value:
                    yield from self.of(part, value[key], (*at, key))

    def matching_properties(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if isinstance(value, dict):
            for pattern, part in schema["patternProperties"].items():
                for key in value:
                    if _compiled(pattern).search(key):
                        yield from self.of(part, value[key], (*at, key))

    def other_properties(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if isinstance(value, dict):
            asked, known = schema["additionalProperties"], schema.get("properties", ())
            others = [key for key in value if key not in known]
            if asked is False and others:
                yield Breach(at, "additionalProperties", value, schema)
            elif asked:
                for key in others:
                    yield from self.of(asked, value[key], (*at, key))

    def keys(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        for key in value if isinstance(value, dict) else ():
            for breach in self.of(schema["propertyNames"], key, at):
                yield replace(breach, of_key=True)

    def items(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from self.of(schema["items"], item, (*at, index))

    def every(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        for part in schema["allOf"]:
            yield from self.of(part, value, at)

    def any(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if not any(self.takes(part, value) for part in schema["anyOf"]):
            yield Breach(at, "anyOf", value, schema)

    def one(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        if sum(self.takes(part, value) for part in schema["oneOf"]) != 1:
            yield Breach(at, "oneOf", value, schema)

    def conditional(self, schema: Schema, value: Json, at: Pointer) -> Iterator[Breach]:
        then = schema.get("then" if self.takes(schema["if"], value) else "else", {})
        yield from self.of(then, value, at)


_INSIDE: Final[Mapping[str, Callable[[_Reading, Schema, Json, Pointer], Iterator[Breach]]]] = {
    "$ref": _Reading.referred,
    "required": _Reading.required,
    "properties": _Reading.properties,
    "patternProperties": _Reading.matching_properties,
    "additionalProperties": _Reading.other_properties,
    "propertyNames": _Reading.keys,
    "items": _Reading.items,
    "allOf": _Reading.every,
    "anyOf": _Reading.any,
    "oneOf": _Reading.one,
    "if": _Reading.conditional,
}
"""The keywords that look inside a value, or at it with other schemas."""


@cache
def _target(file: str, reference: str) -> tuple[str, Schema]:
    """Return the schema that a reference names, and the file it stands in."""
    named, _, path = reference.partition("#")
    found: Any = facts.schema(file := named.removesuffix(".schema.json") or file)
    for step in path.split("/")[1:]:
        found = found[step]
    return file, found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of JSON Schema, whose `$` is the end of the text and never stands before a last line end."""
    return re.compile(_END.sub(r"\\Z", pattern))


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Json) -> bool:
    return _is_number(value) and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))


_IS: Final[Mapping[str, Callable[[Json], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": _is_whole,
}


def is_of(types: str | list[str], value: Json) -> bool:
    """Return whether a value is of one of the types that a schema names."""
    return _IS[types](value) if isinstance(types, str) else any(_IS[name](value) for name in types)


_FITS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "type": is_of,
    "enum": lambda words, value: value in words,  # which are no numbers: else True would be 1
    "const": lambda word, value: value == word,
    "pattern": lambda pattern, value: not isinstance(value, str) or _compiled(pattern).search(value) is not None,
    "minLength": lambda least, value: not isinstance(value, str) or len(value) >= least,
    "minItems": lambda least, value: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda most, value: not isinstance(value, list) or len(value) <= most,
    "minProperties": lambda least, value: not isinstance(value, dict) or len(value) >= least,
    "minimum": lambda least, value: not _is_number(value) or not value < least,
    "maximum": lambda most, value: not _is_number(value) or not value > most,
    "exclusiveMinimum": lambda least, value: not _is_number(value) or not value <= least,
}
"""The keywords that look at a value as a whole: what each asks for, and the value → whether it fits."""
