"""Plugin -> missing-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK506", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def missing_component(plugin: Plugin) -> Iterator[Told]:
    """plugin.json names a path that does not exist.

    Claude Code reports a load failure and goes on without the component.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "skills": "./nope",
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
    for path, place in plugin.missing:
        yield Told(place, f"the path {path} does not exist in the plugin", "correct the path, or remove it")
