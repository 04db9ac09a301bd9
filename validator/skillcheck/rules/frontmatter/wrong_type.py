"""Frontmatter -> wrong-type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Client, Frontmatter
from skillcheck.rules.fields import is_taken_as_text
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

    Claude Code drops the value, and its validator fails where it looks. The other clients refuse the skill.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: 3
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for complaint in complaints("skill-frontmatter", frontmatter.data):
        is_other = complaint.pointer == ("metadata",) or is_taken_as_text(frontmatter, complaint.pointer)
        if complaint.keyword == "type" and not is_other:
            yield replace(complaint.told, edits=tuple(quoted(frontmatter, complaint)))
