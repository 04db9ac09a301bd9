"""Kotlin, members and statements among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("class X {\n", "}"),
    Wrapper("fun f() {\n", "}"),
    Wrapper("", "class X", only=r"@"),
    Wrapper("f(\n", ")"),
    Wrapper("when (x) {\n", "}"),
)
LANGUAGE = Language("kotlin", reader(Grammar("Kotlin", "tree_sitter_kotlin", wrappers=WRAPPERS)))
