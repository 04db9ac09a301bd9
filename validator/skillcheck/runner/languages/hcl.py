"""HCL, as Terraform writes it."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.grammars import Grammar, Wrapper, reader

WRAPPERS = (Wrapper("x {\n", "}"),)
LANGUAGE = Language("hcl", reader(Grammar("HCL", "tree_sitter_hcl", wrappers=WRAPPERS)))
