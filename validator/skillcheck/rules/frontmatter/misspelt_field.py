"""Frontmatter -> misspelt-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Edit, Frontmatter
from skillcheck.rules.fields import meant_field
from skillcheck.rules.rule import SPEC, Told, rule
from skillcheck.rules.shape import fits
from skillcheck.rules.wording import is_same_word, visible


@rule(
    "SK107",
    clients=(Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI),
    source="https://agentskills.io/specification#frontmatter",
)
def misspelt_field(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field's name is misspelt.

    Claude Code ignores a field that it does not know, without a warning. claude.ai refuses the upload.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed_tools: Read
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    there = frontmatter.data.mapping()
    every = [meant_field(key, value) for key, value in there.items()]
    for key, meant in zip(there, every, strict=True):
        if meant is None:
            continue
        place = frontmatter.data.key_place(key)
        message = f"`{visible(key)}` is no field, `{meant}` is"
        if meant in there:
            yield Told(place, message, f"remove it, `{meant}` is there", clients=SPEC)
        else:
            is_fixed = every.count(meant) == 1 and fits("skill-frontmatter", (meant,), there[key])
            edits = (Edit(place, meant),) if is_fixed else ()
            yield Told(place, message, f"rename it to `{meant}`", edits, is_same_word(key, meant))
