"""C: shown where its grammar, which expands no macros, does not know it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("void f() {\n", "}"),
    Wrapper("struct x {\n", "};"),
)
LANGUAGE = Language("c", reader(Grammar("C", "tree_sitter_c", wrappers=WRAPPERS, certain=False)))
