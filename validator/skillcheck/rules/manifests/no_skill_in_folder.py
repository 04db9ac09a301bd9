"""Plugin -> no-skill-in-folder."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK549", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def no_skill_in_folder(plugin: Plugin) -> Iterator[Told]:
    """A folder of `skills` holds no skill.

    Claude Code looks for SKILL.md in the folder and in those directly in it. It finds none, and says nothing.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "skills": "./docs"
    }
    ```

    ```markdown with path=docs/forms.md
    # Forms
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
      },
      "skills": "./skills"
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
    for path, place in plugin.empty:
        yield Told(
            place, f"the folder {path} holds no skill", "name the folder that holds the skills, or remove the path"
        )
