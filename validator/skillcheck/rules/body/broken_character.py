"""Text -> broken-character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found, unusual
from skillcheck.rules.rule import Told, rule

_LOST = re.compile("[^\\W\\d_]?\ufffd+[^\\W\\d_]?")


@rule(
    "SK436",
    severity=Severity.WARNING,
    source="https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-23/#G24272",
)
def broken_character(text: Text) -> Iterator[Told]:
    """A character was lost when the text was read in a wrong encoding.

    In its place stands U+FFFD, which says nothing. Whoever saved the file so has overwritten what stood there.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill caf� and na�ve by their names.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    Fill café and naïve by their names.
    ```
    """
    for place, _, value in list(found(text, _LOST))[:1] if "\ufffd" in unusual(text) else ():
        if value.strip("\ufffd"):
            yield Told(
                place, "U+FFFD stands in the place of a character that was lost", "write the character anew, in UTF-8"
            )
