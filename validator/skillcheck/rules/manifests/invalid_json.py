"""Fault -> invalid-json."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK501", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def invalid_json(fault: Fault) -> Iterator[Told]:
    """A file is not valid JSON.

    Claude Code refuses the whole plugin or marketplace. Comments and trailing commas are not JSON.

    ```json bad path=.claude-plugin/plugin.json
    {"name": "forms", "version": "1.0.0", "description": "Fills forms", "author": {"name": "Ada"},}
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```json good path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if fault.kind is FaultKind.BAD_JSON:
        yield Told(fault.place, fault.fact, fault.remedy)
