"""Document -> unfinished-text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_LEFT = re.compile(r"\[TODO:? [^\]\n]*\]?")
_CODE = re.compile(r"`[^`\n]*`")
_TEMPLATE = re.compile(r"(?:^|/)(?:templates?|[\w-]*(?:skeleton|scaffold|template))/", re.IGNORECASE)


@rule(
    "SK438",
    severity=Severity.WARNING,
    source="https://github.com/anthropics/skills/blob/main/skills/skill-creator/scripts/init_skill.py",
)
def unfinished_text(document: Document) -> Iterator[Told]:
    """A part of a template was never filled in.

    Tools that begin a skill leave `[TODO: …]` where its author is to write. Claude takes it for an instruction, or for
    the description by which it chooses.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    [TODO: say how a form is filled]
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
    if "[TODO" not in document.text or _TEMPLATE.search(document.path):
        return
    top = enumerate(lines(document)[: document.body_line - 1], 1)
    for number, line in (*top, *document.prose):
        if left := _LEFT.search(_CODE.sub(lambda code: " " * len(code[0]), line)):
            place = Place(document.path, number, left.start() + 1, number, left.end() + 1)
            yield Told(place, f"`{left[0][:40]}` was never filled in", "write what belongs there, or remove it")
