"""Frontmatter -> wrong-type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Client, Frontmatter
from skillcheck.rules.reshaping import quoted
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.shape import complaints


@rule(
    "SK105",
    clients=(Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI),
    source="https://code.claude.com/docs/en/skills",
)
def wrong_type(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field's value is of the wrong type.

    Claude Code drops the value, or refuses the skill. A number such as a version needs quotation marks to be a
    string.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: [MIT]
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: MIT
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for complaint in complaints("skill-frontmatter", frontmatter.data):
        if complaint.keyword == "type":
            yield replace(complaint.told, edits=tuple(quoted(frontmatter.data, complaint)))
