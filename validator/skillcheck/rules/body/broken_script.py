"""Script -> broken-script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Place, Script
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.tables import has_blanks, is_python, tables

_LONGEST = 300  # a longer path is nobody's
_LINK = re.compile(r"(?:\.{1,2}/)+[\w.@/-]+\s*")
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
    if is_python(script):
        error = tables(script)
        if isinstance(error, SyntaxError) and not has_blanks(script.text) and not _NEWER.search(error.text or ""):
            place = Place(script.path, error.lineno or 1, max(1, error.offset or 1))
            if len(script.text) <= _LONGEST and _LINK.fullmatch(script.text):
                message = (
                    f"{script.relative} holds a path alone, as git leaves it of a symbolic link that it cannot make"
                )
                yield Told(place, message, "commit it as a symbolic link, or copy the file")
                return
            yield Told(place, f"{script.relative} does not parse: {_lowered(error.msg)}", "mend the line")


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
