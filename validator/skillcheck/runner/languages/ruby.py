"""Ruby, members among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("class X\n", "end"),
    Wrapper("x = {\n", "}"),
)
LANGUAGE = Language("ruby", reader(Grammar("Ruby", "tree_sitter_ruby", wrappers=WRAPPERS)))
