"""Frontmatter -> unknown-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Frontmatter
from skillcheck.rules.fields import is_field, meant_field
from skillcheck.rules.rule import SPEC, Told, rule

_INSTEAD = {
    "tools": "name the tools in `allowed-tools`, for `tools` is a field of agents",
    "color": "remove it, for `color` is a field of agents",
}


@rule("SK108", clients=SPEC, source="https://agentskills.io/specification#frontmatter")
def unknown_field(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field is known to no client.

    claude.ai answers "Unexpected key(s) in SKILL.md frontmatter", and the reference validator fails. What belongs
    to you goes below metadata.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    category: documents
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    metadata:
      category: documents
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    known = facts.frontmatter().fields
    taken = ", ".join(sorted(name for name, field in known.items() if field.upload))
    for key, value in frontmatter.data.mapping().items():
        if not is_field(key) and not meant_field(key, value):
            message = f"`{key}` is no field of SKILL.md, expected one of {taken}"
            yield Told(frontmatter.data.key_place(key), message, _INSTEAD.get(key) or _moved(key))


def _moved(key: str) -> str:
    return f"move `{key}` below `metadata`, or remove it"
