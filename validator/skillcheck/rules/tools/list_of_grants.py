"""Frontmatter -> list-of-grants."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Client, Frontmatter, Severity
from skillcheck.rules.rule import Told, rule


@rule(
    "SK210",
    severity=Severity.WARNING,
    clients=(Client.SPEC, Client.GH),
    source="https://agentskills.io/specification#allowed-tools-field",
)
def list_of_grants(frontmatter: Frontmatter) -> Iterator[Told]:
    """allowed-tools is a list.

    Claude Code takes it, the specification has a string with spaces, and gh skill publish refuses a list.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools:
      - Read
      - Glob
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Glob
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    grants = frontmatter.data.mapping().get("allowed-tools")
    if isinstance(grants, list) and all(isinstance(grant, str) for grant in grants):
        line = " ".join(map(str, grants))
        message = f"`allowed-tools` is a list of {len(grants)}, expected a string"
        yield Told(frontmatter.data.key_place("allowed-tools"), message, f"write `allowed-tools: {line}`")
