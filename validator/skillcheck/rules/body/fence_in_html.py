"""Document -> fence-in-html."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity
from skillcheck.rules.fences import swallowed
from skillcheck.rules.rule import Told, rule


@rule("SK413", severity=Severity.WARNING, source="https://spec.commonmark.org/0.31.2/#html-blocks")
def fence_in_html(document: Document) -> Iterator[Told]:
    """A code fence stands directly below an HTML tag.

    A line with a tag alone begins a block of HTML, which ends at the next blank line. The fence opens nothing there,
    and the marks that were to close it open a fence of their own.

    ~~~~markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    <Good>
    ```text
    fill it
    ```
    </Good>
    ~~~~

    ~~~~markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    <Good>

    ```text
    fill it
    ```

    </Good>
    ~~~~
    """
    for line in swallowed(document):
        place = Place(document.path, line)
        yield Told(
            place, "the fence stands in a block of HTML and opens no code", "leave a blank line before the fence"
        )
