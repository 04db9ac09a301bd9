"""Skill -> empty-body."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Place, Severity, Skill
from skillcheck.rules.bodies import is_empty
from skillcheck.rules.fields import is_readable
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule


@rule("SK411", severity=Severity.WARNING)
def empty_body(skill: Skill) -> Iterator[Told]:
    """SKILL.md has no body, or one of headings and comments alone.

    Claude chooses the skill, reads it and learns nothing.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---


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
    for document in skill.documents[:1]:
        body = lines(document)[document.body_line - 1 :]
        if is_readable(skill.frontmatter) and is_empty(body):
            yield Told(
                Place(document.path, document.body_line),
                "SKILL.md has no text after its frontmatter",
                "write the instructions",
            )
