"""Text -> zero-width-text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found, unusual
from skillcheck.rules.rule import Told, rule

_WIDTHLESS = re.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]")
_JOINERS = frozenset("\u200c\u200d")  # belong between the letters of some scripts, and between pictures

_KEPT = re.compile(
    r"[\u200b\u2060]+(?:`{3}|~{3})"
)  # put there on purpose, lest a fence that is shown ends the one around it
_NAMED = re.compile(r"\bzero.?width\b|U\+200[B-D]", re.IGNORECASE)  # it is what the line speaks of


@rule("SK427", severity=Severity.WARNING)
def zero_width_text(text: Text) -> Iterator[Told]:
    """The text holds characters without a width.

    They come with text that is copied from a page. A command with one is not found, a name is another one, and no
    search finds the word.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each\u200b field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for place, line, char in found(text, _WIDTHLESS) if _WIDTHLESS.search(unusual(text)) else ():
        at = place.column - 1 - (text.column - 1 if place.line == text.line else 0)
        is_quoted = (
            line[at + 1 : at + 2] in {'"', "'"} and line[at - 1 : at] == line[at + 1]
        )  # what a program looks for
        if (
            not is_quoted
            and not _KEPT.match(line, at)
            and not _NAMED.search(line)
            and not (char in _JOINERS and not line[max(0, at - 1) : at + 2].replace(char, "").isascii())
        ):
            message = f"the line holds the character U+{ord(char):04X}, which has no width"
            yield Told(place, message, "remove it")
