"""Plugin -> missing-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Place, Plugin
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


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
    complained = _complained(plugin) if plugin.missing else ()
    for path, place in plugin.missing:
        if place not in complained:
            yield Told(place, f"the path {path} does not exist in the plugin", "correct the path, or remove it")


def _complained(plugin: Plugin) -> frozenset[Place]:
    """Return the places of values that Claude Code does not take for paths at all."""
    found = complaints("plugin", plugin.manifest) if plugin.manifest else ()
    return frozenset(complaint.told.place for complaint in found if not complaint.is_warning)
