"""Skill -> claude-code-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.fields import only_claude_code
from skillcheck.rules.rule import SPEC, Told, rule


@rule(
    "SK109", severity=Severity.NOTE, clients=SPEC, source="https://code.claude.com/docs/en/skills#frontmatter-reference"
)
def claude_code_field(skill: Skill) -> Iterator[Told]:
    """A field is known to Claude Code alone.

    Claude Code reads it, but claude.ai answers "Unexpected key(s) in SKILL.md frontmatter". A skill that is only
    installed in Claude Code may keep it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    argument-hint: "[form.pdf]"
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
    for key in only_claude_code(skill.frontmatter) if skill.location else ():
        message = f"`{key}` is a field of Claude Code, claude.ai and the specification refuse it"
        place = skill.frontmatter.data.key_place(key)
        yield Told(place, message, "keep it for Claude Code alone, or remove it before the skill is uploaded")
