"""JavaScript, with the elements of JSX."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, reader
from skillcheck.runner.languages.grammars.scripts import ELEMENTS, MEMBERS, NEWER, SIGNATURES, TEMPLATES

GRAMMAR = Grammar(
    "JavaScript",
    "tree_sitter_javascript",
    wrappers=(*MEMBERS, *ELEMENTS),
    newer=NEWER,
    notations=SIGNATURES,
    others=TEMPLATES,
)
LANGUAGE = Language("javascript", reader(GRAMMAR))
