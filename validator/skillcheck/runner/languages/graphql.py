"""GraphQL, parsed by graphql-core."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from skillcheck.runner.languages import ACCEPTED, Language, Verdict
from skillcheck.runner.languages.grammars.fillings import filled

if TYPE_CHECKING:
    from graphql import GraphQLSyntaxError

LARGEST = 50_000
_FRAGMENTS = ("type X {{\n{}\n}}", "enum X {{\n{}\n}}", "{{\n{}\n}}")
_DEFINITION = re.compile(
    r"(?m)^(?:type|input|enum|interface|schema|extend|union|scalar|directive|query|mutation|subscription|fragment)\b"
)
_DOTS = re.compile(r"\.\.\.|…")


def parse(text: str) -> Verdict:
    """Return what graphql-core says of `text`."""
    if len(text) > LARGEST:
        return Verdict(reason=f"longer than {LARGEST} characters")
    try:
        return _verdict(text)
    except RecursionError:
        return Verdict("this GraphQL is nested too deeply to be read", "show a flatter example")


def _verdict(text: str) -> Verdict:
    error = _error(text)
    if error is None or not text.strip():
        return ACCEPTED
    parts = () if _DEFINITION.search(text) else _FRAGMENTS
    if any(_error(form.format(text)) is None for form in parts):
        return Verdict(reason="a fragment")
    if any(_error(full) is None for full in (*filled(text), _DOTS.sub("blank: Blank", text))):
        return Verdict(reason="a template")
    place = error.locations[0] if error.locations else None
    line, column = (place.line, place.column) if place else (1, 1)
    said = error.message.removeprefix("Syntax Error: ").rstrip(".")
    return Verdict(f"this is not GraphQL: {said[:1].lower()}{said[1:]}", "correct it", line, column)


def _error(text: str) -> GraphQLSyntaxError | None:
    graphql = import_module("graphql")
    try:
        graphql.parse(text, no_location=True)
    except graphql.GraphQLSyntaxError as error:
        said: GraphQLSyntaxError = error
        return said
    return None


LANGUAGE = Language("graphql", parse)
