"""C#, parts of classes and statements among it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (
    Wrapper("class X {\n", "}"),
    Wrapper("void f() {\n", "}"),
    Wrapper("", "class X {}", only=r"\["),
    Wrapper("x\n", ";", only=r"\."),
    Wrapper("var x = new X {\n", "};"),
)
LANGUAGE = Language("csharp", reader(Grammar("C#", "tree_sitter_c_sharp", wrappers=WRAPPERS)))
