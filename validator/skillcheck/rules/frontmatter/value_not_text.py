"""Frontmatter -> value-not-text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Frontmatter
from skillcheck.rules.fields import is_taken_as_text
from skillcheck.rules.reshaping import quoted
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.shape import complaints


@rule("SK128", clients=SPEC, source="https://agentskills.io/specification#frontmatter")
def value_not_text(frontmatter: Frontmatter) -> Iterator[Told]:
    """A value that has to be text is not.

    Claude Code does not mind: it makes text of a description, and does not read a license. The reference validator
    and claude.ai refuse the skill. A number such as a version needs quotation marks to be text.

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
        if complaint.keyword == "type" and is_taken_as_text(frontmatter, complaint.pointer):
            yield replace(complaint.told, edits=tuple(quoted(frontmatter, complaint)))
