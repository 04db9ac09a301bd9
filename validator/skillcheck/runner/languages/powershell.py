"""PowerShell: shown where its grammar does not know it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, reader

LANGUAGE = Language("powershell", reader(Grammar("PowerShell", "tree_sitter_powershell", certain=False)))
