"""Frontmatter -> duplicate-key."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.wording import where


@rule("SK104", clients=SPEC, source="https://agentskills.io/specification#frontmatter")
def duplicate_key(frontmatter: Frontmatter) -> Iterator[Told]:
    """A key stands twice.

    Claude Code takes the last and drops the others without a word. The reference validator refuses the file.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: MIT
    license: Apache-2.0
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    license: MIT
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for pointer, place in frontmatter.data.duplicates:
        name = where(pointer)
        yield Told(place, f"`{name}` stands twice, the last one counts", f"keep one `{name}`")
