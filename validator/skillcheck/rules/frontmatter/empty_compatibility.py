"""Frontmatter -> empty-compatibility."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Frontmatter
from skillcheck.rules.rule import Told, rule


@rule("SK129", clients=(Client.SPEC,), source="https://agentskills.io/specification#compatibility-field")
def empty_compatibility(frontmatter: Frontmatter) -> Iterator[Told]:
    """The compatibility is empty.

    The specification wants 1 to 500 characters where the field is there. A skill that needs nothing has no such field.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    compatibility: ""
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    compatibility: Needs Python 3.11.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    fields = frontmatter.data.mapping()
    if "compatibility" in fields and not str(fields["compatibility"] or "").strip():
        place = frontmatter.data.place("compatibility")
        yield Told(
            place,
            "the compatibility is empty, expected 1 to 500 characters",
            "say what the skill needs, or remove the field",
        )
