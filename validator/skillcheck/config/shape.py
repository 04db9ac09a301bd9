"""The table of a TOML file → what of it has the right shape, and a fault for everything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from skillcheck import facts
from skillcheck.config.keys import Keys
from skillcheck.model import Fault, FaultKind, Pointer

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

WORDS = {"array": "a list", "boolean": "true or false", "number": "a number", "object": "a table", "string": "a string"}
SHOWN = 60


def shaped(data: object, keys: Keys) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return the part of `data` that the schema takes, and what it refuses."""
    if data == {}:  # the schema asks for nothing
        return {}, ()
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 0.1 s, which only a configured project pays

    validator = Draft202012Validator(facts.schema("config"))
    errors = sorted(validator.iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path])
    faults = tuple(fault for error in errors for fault in _complaints(error, keys))
    kept: Any = data
    while errors:  # what is taken out may leave a table without something that it must have
        gone = frozenset(pointer for error in errors for pointer in _refused(error))
        kept = _without(kept, gone)
        errors = [*validator.iter_errors(kept)]
    return kept, faults


def _refused(error: ValidationError) -> Iterator[Pointer]:
    pointer = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from ((*pointer, key) for key in _unknown(error))
    else:
        yield pointer


def _without(value: Any, gone: frozenset[Pointer], at: Pointer = ()) -> Any:  # noqa: ANN401 - whatever TOML gives
    match value:
        case _ if at in gone:
            return {}
        case dict():
            return {key: _without(part, gone, (*at, key)) for key, part in value.items() if (*at, key) not in gone}
        case list():
            kept = ((index, part) for index, part in enumerate(value) if (*at, index) not in gone)
            return [_without(part, gone, (*at, index)) for index, part in kept]
        case _:
            return value


def _complaints(error: ValidationError, keys: Keys) -> Iterator[Fault]:
    pointer = tuple(error.absolute_path)
    table = ".".join(str(part) for part in (*keys.prefix, *pointer)) or keys.path
    expected: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        known = _known(error)
        for key in _unknown(error):
            fact = f"`{key}` is not a key of `{table}`, which takes {', '.join(known)}"
            yield Fault(FaultKind.BAD_CONFIG, keys.place((*pointer, key)), fact, _nearest(key, known))
    elif error.validator == "required":
        missing = next(key for key in expected if f"'{key}' is a required" in error.message)
        fact = f"`{table}` has no `{missing}`"
        yield Fault(FaultKind.BAD_CONFIG, keys.place(pointer), fact, f"add `{missing}`")
    else:
        wanted = _expected(error.validator, expected)
        remedy = _nearest(str(instance), expected) if error.validator == "enum" else f"write {wanted}"
        fact = f"`{table}` is {_shown(instance)}, expected {wanted}"
        yield Fault(FaultKind.BAD_CONFIG, keys.place(pointer), fact, remedy)


def _known(error: ValidationError) -> list[str]:
    schema: Any = error.schema
    return sorted(schema["properties"])


def _unknown(error: ValidationError) -> list[str]:
    table: Any = error.instance
    return [key for key in table if key not in _known(error)]


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`" if near else "take it out"


def _shown(value: object) -> str:
    match value:
        case dict():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case bool():
            return str(value).lower()
        case str() if len(value) <= SHOWN:
            return f'"{value}"'
        case _:
            return f"{str(value)[:SHOWN]}"


def _expected(validator: object, value: Any) -> str:  # noqa: ANN401 - what a keyword of the schema holds
    match validator:
        case "type":
            return WORDS[value]
        case "enum":
            return f"one of {', '.join(value)}"
        case "pattern":
            return f"what `{value}` matches"
        case "exclusiveMinimum":
            return f"more than {value}"
        case _:
            return "something in it"
