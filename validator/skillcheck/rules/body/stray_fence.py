"""Document -> stray-fence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Document, Place
from skillcheck.rules.fences import SlipKind, slips
from skillcheck.rules.rule import Told, rule


@rule("SK416", source="https://spec.commonmark.org/0.31.2/#fenced-code-blocks")
def stray_fence(document: Document) -> Iterator[Told]:
    """A fence that looks like the end of a code block ends none.

    It opens one instead. What follows is read inside out: text as code, and code as text.

    ~~~~markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill each field by its name.
    ```

    Then save:

    ```python
    form.save()
    ```
    ~~~~

    ~~~~markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill each field by its name.

    Then save:

    ```python
    form.save()
    ```
    ~~~~
    """
    for slip in slips(document):
        if slip.kind is SlipKind.STRAY:
            message = "the fence closes no code, and so opens some"
            yield Told(Place(document.path, slip.line), message, "remove it, or open the code that it was to close")
