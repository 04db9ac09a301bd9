"""Skill -> field-below-frontmatter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Place, Severity, Skill
from skillcheck.rules.fields import is_field
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import ALL, Told, rule

_FIELD = re.compile(r"(?P<key>[a-z][\w-]*):(?:[ \t]|$)")


@rule("SK116", severity=Severity.WARNING, clients=ALL, source="https://agentskills.io/specification#frontmatter")
def field_below_frontmatter(skill: Skill) -> Iterator[Told]:
    """A field stands below the frontmatter.

    The first line of three dashes ends the frontmatter. What follows is text, and no client reads a field of it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---
    license: MIT
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    license: MIT
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for document in skill.documents[:1] if skill.frontmatter.text else ():
        text = lines(document)
        first = next((at for at in range(document.body_line - 1, len(text)) if text[at].strip(" -")), len(text))
        found = _FIELD.match(text[first]) if first < len(text) else None
        if found and is_field(found["key"]):
            message = f"`{found['key']}` stands below the frontmatter, which ends on line {document.body_line - 1}"
            yield Told(
                Place(document.path, first + 1), message, "move it above the line `---` that ends the frontmatter"
            )
