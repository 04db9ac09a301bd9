"""Frontmatter -> long-description."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Frontmatter
from skillcheck.rules.rule import SPEC, Told, rule


@rule("SK122", clients=SPEC, source="https://agentskills.io/specification#description-field")
def long_description(frontmatter: Frontmatter) -> Iterator[Told]:
    """The description is too long.

    claude.ai answers "field 'description' in SKILL.md must be at most 1024 characters". What does not fit belongs
    in the body.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: >-
      Fills PDF forms. Use when the user asks to fill a form.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
      Forms of many kinds are filled.
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
    limit = facts.frontmatter().limit("description")
    if isinstance(text, str) and len(text) > limit:
        message = f"the description has {len(text)} characters, at most {limit} are taken"
        yield Told(frontmatter.data.place("description"), message, "shorten it, and move details to the body")
