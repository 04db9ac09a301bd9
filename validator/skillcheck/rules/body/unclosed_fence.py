"""Document -> unclosed-fence."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Document, Place
from skillcheck.rules.fences import SlipKind, slips
from skillcheck.rules.rule import Told, rule


@rule("SK406", source="https://spec.commonmark.org/0.31.2/#fenced-code-blocks")
def unclosed_fence(document: Document) -> Iterator[Told]:
    """A code fence is never closed.

    Everything after it is code, up to the end of the file. Headings, links and instructions below it are lost.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill it:

    ```python
    fill()

    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill it:

    ```text
    fill it
    ```
    ````
    """
    for slip in slips(document):
        if slip.kind is SlipKind.UNCLOSED:
            message = f"the code fence is never closed, {_extent(document, slip.line)}"
            yield Told(Place(document.path, slip.line), message, "close it with the same marks")


def _extent(document: Document, line: int) -> str:
    """Return what becomes of what stands below a fence."""
    ends = (block.line + block.text.count("\n") for block in document.blocks if block.place.line == line)
    is_whole = next(ends, 0) >= len(document.text.rstrip().split("\n"))
    return "the rest of the file is code" if is_whole else "and ends with the item or quotation around it"
