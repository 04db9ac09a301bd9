"""Text -> misread-text."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Edit, Severity, Text
from skillcheck.rules.letters import place, unusual
from skillcheck.rules.lines import split
from skillcheck.rules.misread import leads, misread
from skillcheck.rules.rule import Told, rule


@rule(
    "SK442",
    severity=Severity.WARNING,
    source="https://www.w3.org/International/questions/qa-what-is-encoding",
)
def misread_text(text: Text) -> Iterator[Told]:
    """A text in UTF-8 was read in another encoding, and saved as it looked then.

    Each character beyond ASCII became two or three others. Claude reads them as they stand, and shows them so.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill cafÃ© by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill café by its name.
    ```
    """
    found = [*_found(text)] if text.path.endswith((".md", ".json")) else ()
    for number, column, run, before in found[:1]:
        times = f", and so are {len(found) - 1} more" if found[1:] else ""
        edits = tuple(Edit(place(text, *each[:2], len(each[2])), each[3]) for each in found)
        message = f"`{run[:40]}` was `{before[:40]}` before it was read in a wrong encoding{times}"
        fix = (
            f"write `{before[:40]}`, and save the file as UTF-8" if before else "delete it, and save the file as UTF-8"
        )
        yield Told(place(text, number, column, len(run)), message, fix, edits if text.path.endswith(".md") else ())


def _found(text: Text) -> Iterator[tuple[int, int, str, str]]:
    """Yield the line and the column of each misread run, with what it was; a text about encodings shows them."""
    if not leads(unusual(text)) or "mojibake" in text.text.lower() or not any(misread(text.text)):
        return
    for number, line in enumerate(split(text.text), 1):
        yield from ((number, start + 1, run, before) for start, run, before in misread(line))
