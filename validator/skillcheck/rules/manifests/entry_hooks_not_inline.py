"""Marketplace -> entry-hooks-not-inline."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Json, Marketplace
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import kind


@rule("SK550", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#optional-plugin-fields")
def entry_hooks_not_inline(marketplace: Marketplace) -> Iterator[Told]:
    """The hooks of an entry are a path or a list.

    Claude Code 2.1.330 installs the plugin, lists it with the error "hooks: the file-path and array forms are not yet
    supported in a marketplace entry", and runs none of its hooks. Its validator does not look, and in plugin.json both
    forms are right.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./",
          "hooks": "./hooks/saved.json"
        }
      ]
    }
    ```

    ```json with path=hooks/saved.json
    {
      "hooks": {}
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

    ```json good path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "description": "Forms",
      "plugins": [
        {
          "name": "forms",
          "source": "./",
          "hooks": {
            "Stop": [
              {
                "hooks": [
                  {
                    "type": "command",
                    "command": "echo saved"
                  }
                ]
              }
            ]
          }
        }
      ]
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
    for index, entry in entries(marketplace):
        hooks: Json = entry.get("hooks")
        if isinstance(hooks, str | list):
            message = f"`plugins[{index}].hooks` is {kind(hooks)}, expected a mapping of events"
            fix = "write the hooks into the plugin's hooks/hooks.json, or here as a mapping of events"
            yield Told(marketplace.data.place("plugins", index, "hooks"), message, fix)
