"""Plugin -> wrong-plugin-shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from skillcheck.model import Plugin
from skillcheck.rules.declared import declared
from skillcheck.rules.entries import is_loaded_unread, is_parsed
from skillcheck.rules.reshaping import reshaped
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule("SK502", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference#plugin-manifest-schema")
def wrong_plugin_shape(plugin: Plugin) -> Iterator[Told]:
    """plugin.json does not have the shape that Claude Code reads.

    Claude Code refuses the plugin, or drops the field. Its own validator fails.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "defaultEnabled": "yes"
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
    if plugin.manifest is not None and is_parsed(plugin.faults):
        for complaint in complaints("plugin", plugin.manifest):
            if not complaint.is_warning and not is_loaded_unread(complaint.pointer):
                yield replace(complaint.told, edits=tuple(reshaped(plugin.manifest, complaint)))
        yield from declared(plugin.manifest)
