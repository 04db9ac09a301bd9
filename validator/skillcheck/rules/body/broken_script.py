"""Script -> broken-script."""

from __future__ import annotations

import re
import symtable
import warnings
from collections.abc import Iterator

from skillcheck.model import Place, Script
from skillcheck.rules.rule import Told, rule

_MADE_OF = re.compile(
    r"(?:^|/)(?:assets|templates?|scaffolds?|examples?|tests?|fixtures|evals)/|template", re.IGNORECASE
)
_BLANK = re.compile(r"\{\{|\{%|<%|^__\w+__$|\A#!(?![^\n]*(?:python(?!2)|\buv\b))", re.MULTILINE)
_NEWER = re.compile(r"\b[fFtT][rR]?[\"']|^\s*type\s|\b(?:def|class)\s+\w+\[|\bexcept\s|[fFtT][rR]?\"{3}")


@rule("SK441", source="https://agentskills.io/specification#scripts")
def broken_script(script: Script) -> Iterator[Told]:
    """A Python script of the skill does not parse.

    Whoever runs it gets a SyntaxError in place of what the skill promises. Templates that are filled in first are
    passed over, and so is what a later Python may have made valid.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `python scripts/fill.py form.pdf`.
    ```

    ```python with path=skills/pdf-forms/scripts/fill.py
    import sys

    print("filled", sys.argv[1]
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `python scripts/fill.py form.pdf`.
    ```

    ```python with path=skills/pdf-forms/scripts/fill.py
    import sys

    print("filled", sys.argv[1])
    ```
    """
    if script.relative.endswith(".py") and not _MADE_OF.search(script.relative):
        error = _error(script.text)
        if error and not _BLANK.search(script.text) and not _NEWER.search(error.text or ""):
            place = Place(script.path, error.lineno or 1, max(1, error.offset or 1))
            yield Told(place, f"{script.relative} does not parse: {_lowered(error.msg)}", "mend the line")


def _error(text: str) -> SyntaxError | None:
    """Return why a text is no Python; to make tables of its names takes half as long as to make a tree of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes, which are the author's affair
        try:
            symtable.symtable(text, "script", "exec")
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError):  # nested deeper than is read, or a NUL for Python 3.11.3
            return None
    return None


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
