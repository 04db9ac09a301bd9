"""CSS, declarations alone among it."""

from __future__ import annotations

import re

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (Wrapper("x {\n", "}"),)
NEWER = (
    (re.compile(r"@[\w-]+(?:(?!\*/)[^{};])*(?=\{)"), "@media all "),
    (re.compile(r"#(?:\.\.\.|…)"), "#000"),
    (re.compile(r"@[\w-]+(?:(?!\*/)[^{};'\"]|'[^'\n]*'|\"[^\"\n]*\")*;"), ""),
    (re.compile(r"(?<=--)[\w-]*\*|(?<=-)\*(?=\s*[:;)])"), "x"),
)
"""At-rules, whose preludes the grammar knows only in part, and the wildcards of Tailwind's themes."""

LANGUAGE = Language("css", reader(Grammar("CSS", "tree_sitter_css", wrappers=WRAPPERS, newer=NEWER)))
