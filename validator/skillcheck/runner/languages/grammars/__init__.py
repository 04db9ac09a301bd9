"""What the languages share that are read by a tree-sitter grammar: text → tree → verdict."""

from __future__ import annotations

from skillcheck.runner.languages.grammars.grammar import Grammar
from skillcheck.runner.languages.grammars.reading import reader
from skillcheck.runner.languages.grammars.wrapper import Wrapper

__all__ = ["Grammar", "Wrapper", "reader"]
