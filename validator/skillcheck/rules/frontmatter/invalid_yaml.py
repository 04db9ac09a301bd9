"""Fault -> invalid-yaml."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule(
    "SK102",
    clients=(Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI),
    source="https://agentskills.io/specification#frontmatter",
)
def invalid_yaml(fault: Fault) -> Iterator[Told]:
    """The frontmatter is not valid YAML.

    Claude Code loads such a skill without any of its fields. claude.ai and the other clients refuse it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: "Fills PDF forms. Use when the user asks to fill a form.
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
    if fault.kind is FaultKind.BAD_YAML:
        yield Told(fault.place, fault.fact, fault.remedy, fault.edits, fault.safe)
