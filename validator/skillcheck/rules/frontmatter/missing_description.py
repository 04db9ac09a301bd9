"""Skill -> missing-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Skill
from skillcheck.rules.fields import is_readable
from skillcheck.rules.rule import CLAUDE_CODE, SPEC, Told, rule


@rule(
    "SK120",
    clients=SPEC,
    warned=CLAUDE_CODE,
    source="https://agentskills.io/specification#description-field",
)
def missing_description(skill: Skill) -> Iterator[Told]:
    """The frontmatter gives no description.

    The description is all that Claude sees when it decides to load a skill. claude.ai refuses a skill without
    one, Claude Code takes the body's first line.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
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
    data = skill.frontmatter.data
    if is_readable(skill.frontmatter) and "description" not in data.mapping():
        yield Told(
            data.place(),
            "`description` is missing",
            "add a `description` that says what the skill does and when to use it",
        )
