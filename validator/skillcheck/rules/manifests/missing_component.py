"""Plugin -> missing-component."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Place, Plugin
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints
from skillcheck.rules.wording import where


@rule("SK506", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def missing_component(plugin: Plugin) -> Iterator[Told]:
    """A manifest names a path of a plugin that does not exist.

    Claude Code goes on without the component. With `plugin list` it reports a load failure, but of servers and types,
    and of what a marketplace names as monitors or workflows, it says nothing.

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
    for path, pointer, place in plugin.missing:
        if place not in complained:
            message = f"`{where(pointer)}` names the path {path}, which does not exist in the plugin"
            yield Told(place, message, "correct the path, or remove it")


def _complained(plugin: Plugin) -> frozenset[Place]:
    """Return the places of values that Claude Code does not take for paths at all."""
    found = complaints("plugin", plugin.manifest) if plugin.manifest else ()
    return frozenset(complaint.told.place for complaint in found if not complaint.is_warning)
