"""Java, members and statements among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("class X {\n", "}"),
    Wrapper("class X { void f() {\n", "}}"),
    Wrapper("enum X {\n", "}"),
    Wrapper("", "class X {}", only=r"@"),
    Wrapper("interface X {\n", "}"),
    Wrapper("class X { Object o = x\n", ";}", only=r"\."),
)
LANGUAGE = Language("java", reader(Grammar("Java", "tree_sitter_java", wrappers=WRAPPERS)))
