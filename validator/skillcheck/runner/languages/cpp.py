"""C++: shown where its grammar, which expands no macros, does not know it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("void f() {\n", "}"),
    Wrapper("struct x {\n", "};"),
)
LANGUAGE = Language("cpp", reader(Grammar("C++", "tree_sitter_cpp", wrappers=WRAPPERS, certain=False)))
