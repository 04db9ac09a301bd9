"""Text -> merge-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found
from skillcheck.rules.rule import Told, rule

_BEGIN = re.compile(r"^<{7} \S", re.MULTILINE)
_ALL = re.compile(r"^<{7} \S.*^={7}\s*$.*^>{7} \S", re.MULTILINE | re.DOTALL)


@rule("SK429", severity=Severity.WARNING)
def merge_conflict(text: Text) -> Iterator[Told]:
    """The text holds the marks of a merge that was never ended.

    Both versions of the text stand there, and Claude reads both.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    <<<<<<< HEAD
    Fill each field.
    =======
    Fill every field.
    >>>>>>> main
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field.
    ```
    """
    if "<<<<<<< " in text.text and _ALL.search(text.text):
        for place, _, _ in found(text, _BEGIN):
            yield Told(place, "a merge conflict begins here", "keep one of both versions, and delete the marks")
