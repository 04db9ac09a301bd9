"""Frontmatter -> empty-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Frontmatter
from skillcheck.rules.rule import Told, rule


@rule(
    "SK121",
    clients=(Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI),
    source="https://agentskills.io/specification#description-field",
)
def empty_description(frontmatter: Frontmatter) -> Iterator[Told]:
    """The description is empty.

    Claude has nothing by which to choose the skill. claude.ai refuses it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: ""
    ---

    # PDF forms

    Fill each field by its name.
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
    fields = frontmatter.data.mapping()
    if "description" in fields and not str(fields["description"] if fields["description"] is not None else "").strip():
        message = "`description` is empty, expected what the skill does and when to use it"
        yield Told(frontmatter.data.place("description"), message, "write a description")
