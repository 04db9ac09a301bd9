"""JSON with comments, trailing commas and what else JSON5 allows, read as a value of JavaScript."""

from __future__ import annotations

import re

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

KINDS = frozenset(
    {"program", "expression_statement", "parenthesized_expression", "object", "pair", "array", "comment"}
    | {"string", "string_fragment", "escape_sequence", "number", "unary_expression", "true", "false", "null"}
    | {"property_identifier"}
)
GRAMMAR = Grammar(
    "JSON with comments",
    "tree_sitter_javascript",
    whole=Wrapper("(\n", ")"),
    wrappers=(Wrapper("({\n", "})"), Wrapper("([\n", "])")),
    newer=((re.compile(r"(?<![\w\"'])(?:Infinity|NaN)\b"), "0"), (re.compile(r"\A\s*\Z"), "0")),
    kinds=KINDS,
    holed=frozenset(),
    blank="0",
)
LANGUAGE = Language("jsonc", reader(GRAMMAR))
