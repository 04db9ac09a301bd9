"""Plugin -> reserved-plugin-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin
from skillcheck.rules.entries import is_anthropic
from skillcheck.rules.names import is_reserved
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK508", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def reserved_plugin_name(plugin: Plugin) -> Iterator[Told]:
    """The plugin's name passes as Anthropic's own.

    Claude Code's validator refuses such names from third parties.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "claude-forms",
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
    fields = plugin.manifest.mapping() if plugin.manifest else {}
    name = fields.get("name")
    reserved = isinstance(name, str) and is_reserved(name)
    if plugin.manifest and reserved and not is_anthropic(fields.get("author")):
        message = f"the plugin's name {name!r} is reserved for Anthropic"
        yield Told(plugin.manifest.place("name"), message, "name the plugin for what it does")
