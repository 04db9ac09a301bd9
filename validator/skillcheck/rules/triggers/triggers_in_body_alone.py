"""Skill -> triggers-in-body-alone."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import body_heading, is_chosen, says_when


@rule(
    "SK302",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def triggers_in_body_alone(skill: Skill) -> Iterator[Told]:
    """The body says when to use the skill, the description does not.

    The body is read only after the skill was chosen, so a section on when to use it triggers nothing.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms with the values of a table.
    ---

    # PDF forms

    ## When to use

    The user has a form.
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
    heading = body_heading(skill) if is_chosen(skill) and not says_when(skill) else None
    if heading:
        message = f"{heading.text!r} stands in the body, which is not read before the skill is chosen"
        yield Told(heading.place, message, "move it to the description")
