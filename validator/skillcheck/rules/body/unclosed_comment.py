"""Document -> unclosed-comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_OPENS = re.compile(r" {0,3}<!--")


@rule("SK439", severity=Severity.WARNING, source="https://spec.commonmark.org/0.31.2/#html-blocks")
def unclosed_comment(document: Document) -> Iterator[Told]:
    """A comment is never closed.

    It goes on to the end of the page: a rendered page shows nothing of what follows, and no code in it is code.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.

    <!-- fields that are locked

    Then save the form.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.

    <!-- fields that are locked -->

    Then save the form.
    ```
    """
    start = document.text.rfind("<!--")
    if start < 0 or "-->" in document.text[start:]:
        return
    number = document.text.count("\n", 0, start) + 1
    is_code = any(block.line <= number < block.line + block.text.count("\n") for block in document.blocks)
    if not is_code and _OPENS.match(lines(document)[number - 1]):
        yield Told(Place(document.path, number), "the comment is never closed", "write `-->` where it ends")
