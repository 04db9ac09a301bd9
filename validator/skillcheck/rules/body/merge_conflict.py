"""Text -> merge-conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found
from skillcheck.rules.rule import Told, rule

_BEGIN = re.compile(r"^<{7} \S", re.MULTILINE)
_MARKS = (_BEGIN, re.compile(r"^={7}[ \t\r]*$", re.MULTILINE), re.compile(r"^>{7} \S", re.MULTILINE))

_SHOWN = re.compile(  # from a fence to a fence, and no other in between
    r"^[ \t>]*(?:`{3,}|~{3,})[^\n]*\n<{7} \S[^\n]*\n(?:(?!<{7} )[^\n]*\n)*?>{7} [^\n]*\n[ \t>]*(?:`{3,}|~{3,})",
    re.MULTILINE,
)


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
    if "<<<<<<< " in text.text and _has_all(text.text):
        read = _SHOWN.sub(lambda shown: "\n" * shown[0].count("\n"), text.text)
        for place, _, _ in found(replace(text, text=read), _BEGIN) if _has_all(read) else ():
            yield Told(place, "a merge conflict begins here", "keep one of both versions, and delete the marks")


def _has_all(text: str) -> bool:
    """Return whether the marks of a conflict follow one another; one search for each, however many there are."""
    at = 0
    for mark in _MARKS:
        match = mark.search(text, at)
        if match is None:
            return False
        at = match.end()
    return True
