"""Document -> fence-within-fence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Document, Place
from skillcheck.rules.fences import SlipKind, slips
from skillcheck.rules.rule import Told, rule

_FIX = {
    SlipKind.NESTED: "give the fence of line {} one mark more, and end it with as many",
    SlipKind.OPEN: "close the fence of line {} before this one, or give it one mark more and end it with as many",
}


@rule("SK407", source="https://spec.commonmark.org/0.31.2/#fenced-code-blocks")
def fence_within_fence(document: Document) -> Iterator[Told]:
    """A code fence is closed by the fence that it shows.

    The inner fence has as many marks as the outer one, so its end is the end of both. What follows is read inside
    out.

    ~~~~markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ```markdown
    # Form

    ```text
    fill it
    ```

    The end.

    ```

    ~~~~

    ~~~~markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    ````markdown
    # Form

    ```text
    fill it
    ```
    ````
    ~~~~
    """
    for slip in slips(document):
        if slip.kind in _FIX:
            message = f"the fence of line {slip.outer} shows another one with as many marks, and ends with it"
            yield Told(Place(document.path, slip.line), message, _FIX[slip.kind].format(slip.outer))
