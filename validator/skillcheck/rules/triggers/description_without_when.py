"""Skill -> description-without-when."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import body_heading, is_chosen, says_when


@rule(
    "SK301",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def description_without_when(skill: Skill) -> Iterator[Told]:
    """The description does not say when to use the skill.

    Claude chooses skills by their descriptions alone. One that says what a skill does, but not when, is passed
    over for one that does.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms with the values of a table.
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
    if is_chosen(skill) and not says_when(skill) and body_heading(skill) is None:
        message = "the description says no word on when to use the skill"
        yield Told(skill.frontmatter.data.place("description"), message, "add a sentence that begins with 'Use when'")
