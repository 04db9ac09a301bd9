"""Fault -> duplicate-manifest-key."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK534", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://www.rfc-editor.org/rfc/rfc8259#section-4"
)
def duplicate_manifest_key(fault: Fault) -> Iterator[Told]:
    """A key stands twice in a manifest or a component.

    Claude Code takes the last one without a word, other readers the first or none. Whoever changes the one that is
    not read changes nothing.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "version": "2.0.0"
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
    if fault.kind is FaultKind.DUPLICATE_KEY:
        yield Told(fault.place, fault.fact, fault.remedy)
