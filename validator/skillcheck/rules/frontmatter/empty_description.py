"""Frontmatter -> empty-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.wording import NOTHING


@rule("SK121", clients=SPEC, source="https://agentskills.io/specification#description-field")
def empty_description(frontmatter: Frontmatter) -> Iterator[Told]:
    """The description is empty.

    claude.ai refuses it. Claude Code lists the skill by the body's first line, which was not written for that.

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
    if "description" in fields and not str(fields["description"] if fields["description"] is not None else "").strip(
        NOTHING
    ):
        message = "`description` is empty, expected what the skill does and when to use it"
        yield Told(frontmatter.data.place("description"), message, "write a description")
