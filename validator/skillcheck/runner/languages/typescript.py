"""TypeScript, with or without the elements of TSX."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, reader
from skillcheck.runner.languages.grammars.scripts import ELEMENTS, HOLED, MEMBERS, NEWER, OTHERS, SIGNATURES, TYPES

GRAMMAR = Grammar(
    "TypeScript",
    "tree_sitter_typescript",
    ("language_typescript", "language_tsx"),
    wrappers=(*MEMBERS, *TYPES, *ELEMENTS),
    newer=NEWER,
    notations=SIGNATURES,
    holed=HOLED,
    others=OTHERS,
)
LANGUAGE = Language("typescript", reader(GRAMMAR))
