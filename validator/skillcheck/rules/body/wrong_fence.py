"""Document -> wrong-fence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity
from skillcheck.rules.rule import Told, rule

_FIRST = {"'", "`"}
_MARKS = re.compile(r" {0,3}(?P<marks>'''|``|` ``)(?P<language>[A-Za-z][\w+-]*)[ \t]*")


@rule("SK417", severity=Severity.WARNING, source="https://spec.commonmark.org/0.31.2/#fenced-code-blocks")
def wrong_fence(document: Document) -> Iterator[Told]:
    """A code block begins with marks that are no fence.

    A fence is three backticks or three tildes. Behind anything else code is text, and is neither shown nor proven as
    code.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name:

    '''bash
    pdftk form.pdf dump_data
    '''
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name:

    ```bash
    pdftk form.pdf dump_data
    ```
    ````
    """
    for number, line in document.prose if "'''" in document.text or "``" in document.text else ():
        if line.lstrip(" ")[:1] in _FIRST and (found := _MARKS.fullmatch(line)):
            place = Place(document.path, number, found.start("marks") + 1)
            fix = f"write three backticks before `{found['language']}`"
            yield Told(place, f"`{line.strip()[:20]}` opens no code block", fix)
