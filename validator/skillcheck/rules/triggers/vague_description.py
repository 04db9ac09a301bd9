"""Skill -> vague-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.triggering import is_chosen, is_vague


@rule(
    "SK304",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def vague_description(skill: Skill) -> Iterator[Told]:
    """The description says too little to choose by.

    Words that fit every skill tell none apart. Name the files, the tools and the deeds.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Helps with stuff when needed.
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
    if is_chosen(skill) and is_vague(skill.description):
        message = f"the description {skill.description.strip()!r} fits almost any skill"
        yield Told(skill.frontmatter.data.place("description"), message, "name what it works on and what it does to it")
