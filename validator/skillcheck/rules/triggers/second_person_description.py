"""Skill -> second-person-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import second_person
from skillcheck.rules.written import within


@rule(
    "SK312",
    severity=Severity.NOTE,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def second_person_description(skill: Skill) -> Iterator[Told]:
    """The description speaks to the reader.

    It stands in Claude's instructions, where `you` is Claude. Written in the third person it says what the skill
    does, whoever reads it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: You can fill PDF forms with it. Use when the user asks to fill a form.
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
    said = second_person(skill.description)
    if said:
        message = f"the description speaks in the second person: {said!r}"
        yield Told(
            within(skill.frontmatter, "description", said),
            message,
            "write it in the third person, as in 'Fills forms'",
        )
