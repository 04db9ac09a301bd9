"""A Python script -> the tables of its names, made once for all rules that ask for them."""

from __future__ import annotations

import re
import symtable
import warnings

from skillcheck.model import Script
from skillcheck.rules.remembered import remembered

_MADE_OF = re.compile(
    r"(?:^|/)(?:assets|templates?|scaffolds?|examples?|tests?|fixtures|evals)/|template", re.IGNORECASE
)
_BLANK = re.compile(r"\{\{|\{%|<%|^__\w+__$|\A#!(?![^\n]*(?:python(?!2)|\buv\b))", re.MULTILINE)


def is_python(script: Script) -> bool:
    """Return whether a script is Python's as it stands: templates are filled in first."""
    return script.relative.endswith(".py") and not _MADE_OF.search(script.relative)


def has_blanks(text: str) -> bool:
    """Return whether a text is to be filled in, or is another program's by its first line."""
    return _BLANK.search(text) is not None


@remembered
def tables(script: Script) -> symtable.SymbolTable | SyntaxError | None:
    """Return the table of a module's names, or why it is no Python; to make a tree of it takes twice as long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes, which are the author's affair
        try:
            return symtable.symtable(script.text, "script", "exec")
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):  # nested deeper than is read, or a NUL for Python 3.11.3
            return None
