"""Rust, members and statements among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("fn f() {\n", "}"),
    Wrapper("impl X {\n", "}"),
    Wrapper("struct X {\n", "}"),
    Wrapper("match x {\n", "}"),
    Wrapper("enum X {\n", "}"),
)
LANGUAGE = Language("rust", reader(Grammar("Rust", "tree_sitter_rust", wrappers=WRAPPERS)))
