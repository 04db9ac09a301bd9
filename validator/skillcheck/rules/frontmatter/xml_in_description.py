"""Frontmatter -> xml-in-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter
from skillcheck.rules.fields import TAG
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.written import within


@rule("SK123", clients=CLAUDE_AI, source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview")
def xml_in_description(frontmatter: Frontmatter) -> Iterator[Told]:
    """The description holds an XML tag.

    claude.ai answers "SKILL.md description cannot contain XML tags", for the description becomes part of a prompt
    that is written in them.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills <form> elements in PDF files. Use when the user asks to fill a form.
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
    tag = TAG.search(text) if isinstance(text, str) else None
    if tag:
        message = f"the description holds the tag {tag.group()!r}"
        yield Told(within(frontmatter, "description", tag.group()), message, "say it without angle brackets")
