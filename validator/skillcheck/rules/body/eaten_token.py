"""Skill -> eaten-token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Document, Place, Severity, Skill
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_NUMBER = re.compile(r"(?<![\\$\w])\$\d+(?!\w)")


@rule(
    "SK422",
    severity=Severity.NOTE,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#available-string-substitutions",
)
def eaten_token(skill: Skill) -> Iterator[Told]:
    r"""A `$` and a number is replaced by an argument.

    Claude Code puts the arguments of a skill in the places of `$0`, `$1` and so on, whatever they were meant for: the
    price of something, a field of awk, an argument of a shell function. Fenced code is no exception.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Each form costs $1 to fill.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Each form costs \$1 to fill.
    ```
    """
    for document in skill.documents[:1]:
        numbers = [] if _takes_arguments(skill, document) else list(_numbers(document))
        for place, token in numbers[:1]:
            others = len(numbers) - 1
            more = f", and so {'is one' if others == 1 else f'are {others}'} more" if others else ""
            message = f"`{token}` is replaced where the skill is called with arguments{more}"
            yield Told(place, message, f"write `\\{token}`, or move the code to a file of its own")


def _takes_arguments(skill: Skill, document: Document) -> bool:
    """Return whether the skill says that it is called with arguments, so that the numbers are meant."""
    fields = skill.frontmatter.data.mapping()
    return "arguments" in fields or "argument-hint" in fields or "$ARGUMENTS" in document.text


def _numbers(document: Document) -> Iterator[tuple[Place, str]]:
    if "$" not in document.text:
        return
    for number, line in enumerate(lines(document), 1):
        for found in _NUMBER.finditer(line) if "$" in line and number >= document.body_line else ():
            yield Place(document.path, number, found.start() + 1, number, found.end() + 1), found[0]
