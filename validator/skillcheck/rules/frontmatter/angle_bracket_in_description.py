"""Frontmatter -> angle-bracket-in-description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Frontmatter, Severity
from skillcheck.rules.fields import TAG
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.written import within

_BRACKET = re.compile("[<>]")


@rule(
    "SK124",
    severity=Severity.WARNING,
    clients=CLAUDE_AI,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview",
)
def angle_bracket_in_description(frontmatter: Frontmatter) -> Iterator[Told]:
    """The description holds a lone angle bracket.

    Anthropic's packager takes no angle bracket in a description, whether it opens a tag or not. The upload has
    refused some of them.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms with > 10 fields. Use when the user asks to fill a form.
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
    text = frontmatter.data.mapping().get("description")
    if isinstance(text, str) and not TAG.search(text) and (bracket := _BRACKET.search(text)):
        message = f"the description holds {bracket.group()!r}"
        yield Told(within(frontmatter, "description", bracket.group()), message, "write it in words")
