"""Plugin -> unknown-plugin-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Plugin, Severity
from skillcheck.rules.entries import unknown
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK504",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#plugin-manifest-schema",
)
def unknown_plugin_field(plugin: Plugin) -> Iterator[Told]:
    """plugin.json has a field that Claude Code ignores.

    The field has no effect, and Claude Code's validator warns of it. Of `settings` it says nothing: a plugin sets
    `agent` and `subagentStatusLine`, and all else is the user's.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "descriptoin": "Fills them",
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
    known = facts.plugin()
    if plugin.manifest is None:
        return
    for key in plugin.manifest.mapping():
        if key in known.marketplace_only:
            message = f"`{key}` belongs in the marketplace's entry, plugin.json is not asked for it"
            yield Told(plugin.manifest.key_place(key), message, "move it to marketplace.json")
        elif key not in known.fields | known.directory_fields:
            yield unknown("plugin", plugin.manifest, (key,), known.fields)
    for field, inner in (("experimental", known.experimental), ("settings", known.settings)):
        value = plugin.manifest.mapping().get(field)
        for key in value if isinstance(value, dict) else ():
            if key not in inner:
                yield unknown("plugin", plugin.manifest, (field, key), inner)
