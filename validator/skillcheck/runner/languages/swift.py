"""Swift, members and statements among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("class X {\n", "}"),
    Wrapper("func f() {\n", "}"),
    Wrapper("protocol X {\n", "}"),
    Wrapper("", "class X {}", only=r"@"),
    Wrapper("f(\n", ")"),
    Wrapper("x\n", "", only=r"\."),
)
LANGUAGE = Language("swift", reader(Grammar("Swift", "tree_sitter_swift", wrappers=WRAPPERS)))
