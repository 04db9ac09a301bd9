"""Go, with or without a package."""

from __future__ import annotations

import re

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("func f() {\n", "}"),
    Wrapper("type x struct {\n", "}"),
    Wrapper("type x interface {\n", "}"),
    Wrapper("var x = []x{\n", "}"),
)
OTHERS = ((re.compile(r"(?://[^\n]*\n|\s)*module \S+\s+(?:go|require|toolchain) "), "a go.mod"),)
LANGUAGE = Language("go", reader(Grammar("Go", "tree_sitter_go", wrappers=WRAPPERS, others=OTHERS)))
