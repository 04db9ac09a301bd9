"""Frontmatter -> repaired-yaml."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Frontmatter
from skillcheck.rules.rule import Told, rule


@rule(
    "SK103",
    clients=(Client.SPEC, Client.CLAUDE_AI, Client.GH, Client.NPX_SKILLS),
    source="https://agentskills.io/specification#frontmatter",
)
def repaired_yaml(frontmatter: Frontmatter) -> Iterator[Told]:
    """The frontmatter is YAML only after Claude Code's repair.

    Claude Code quotes the values and reads again, mostly because of a colon and a space inside a description.
    Every other client refuses the file.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when: the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: "Fills PDF forms. Use when: the user asks to fill a form."
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    for fault in frontmatter.faults if frontmatter.repaired else ():
        yield Told(fault.place, f"{fault.fact}, which Claude Code alone repairs", fault.remedy, fault.edits, fault.safe)
