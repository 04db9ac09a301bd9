"""Makefiles: shown where their grammar does not know them."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, reader

LANGUAGE = Language("makefile", reader(Grammar("Makefile", "tree_sitter_make", certain=False)))
