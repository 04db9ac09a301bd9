"""Frontmatter -> long-compatibility."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Client, Frontmatter
from skillcheck.rules.rule import Told, rule


@rule("SK125", clients=(Client.SPEC,), source="https://agentskills.io/specification#compatibility-field")
def long_compatibility(frontmatter: Frontmatter) -> Iterator[Told]:
    """The compatibility is too long.

    The specification gives it 500 characters, and its validator fails beyond them. Details belong in the body.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    compatibility: >-
      Needs a reader.
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
    compatibility: Needs Python 3.11.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    text = frontmatter.data.mapping().get("compatibility")
    limit = facts.frontmatter().limit("compatibility")
    if isinstance(text, str) and len(text) > limit:
        message = f"the compatibility has {len(text)} characters, at most {limit} are taken"
        yield Told(frontmatter.data.place("compatibility"), message, "shorten it, and move details to the body")
