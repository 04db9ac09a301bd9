"""Skill -> first-person-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import first_person


@rule(
    "SK303",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def first_person_description(skill: Skill) -> Iterator[Told]:
    """The description speaks in the first person.

    The description is put into Claude's prompt, where I is somebody else. Anthropic asks for the third person.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: I can fill PDF forms. Use when the user asks to fill a form.
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
    said = first_person(skill.description)
    if said:
        message = f"the description speaks in the first person: {said!r}"
        yield Told(
            skill.frontmatter.data.place("description"), message, "write it in the third person, as in 'Fills forms'"
        )
