"""Marketplace -> duplicate-plugin."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK511", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def duplicate_plugin(marketplace: Marketplace) -> Iterator[Told]:
    """Two entries share a name.

    Claude Code's validator refuses the marketplace, and only one of the two can be installed.

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
          "source": "./"
        },
        {
          "name": "forms",
          "source": "./"
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
          "source": "./"
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
    seen: dict[str, int] = {}
    for index, entry in entries(marketplace):
        name = entry.get("name")
        if isinstance(name, str) and seen.setdefault(name, index) != index:
            message = f"the plugin {name!r} stands at plugins[{seen[name]}] and plugins[{index}]"
            yield Told(marketplace.data.place("plugins", index, "name"), message, "rename or remove one")
