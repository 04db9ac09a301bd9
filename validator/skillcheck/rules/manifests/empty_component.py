"""Component -> empty-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Component, Place, Severity
from skillcheck.rules.bodies import is_empty
from skillcheck.rules.lines import split
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK557",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#agents",
)
def empty_component(component: Component) -> Iterator[Told]:
    """An agent or a command has no text, or one of headings and comments alone.

    Claude Code lists it and runs it, and Claude is told nothing.

    ```markdown bad path=commands/fill.md
    ---
    description: Fills a form.
    ---

    # Fill
    ```

    ```json with path=.claude-plugin/plugin.json
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

    ```markdown good path=commands/fill.md
    ---
    description: Fills a form.
    ---

    # Fill

    Fill each field by its name.
    ```

    ```json with path=.claude-plugin/plugin.json
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
    is_read = component.text.strip() and not component.faults
    lines = split(component.text)
    closing = "".join(lines[component.body_line - 2 : component.body_line - 1]).partition("---")[2]
    if is_read and is_empty(lines[component.body_line - 1 :]) and not closing.strip():
        place = Place(component.path, component.body_line)
        yield Told(place, f"the {component.kind} has no text after its frontmatter", "write the instructions")
