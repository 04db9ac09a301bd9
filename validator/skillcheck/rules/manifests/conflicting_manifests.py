"""Bundle -> conflicting-manifests."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Bundle
from skillcheck.rules.entries import joined
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK516", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#strict-mode")
def conflicting_manifests(bundle: Bundle) -> Iterator[Told]:
    """plugin.json and an entry that is not strict both name components.

    Claude Code installs the plugin and then does not load it. Its validator does not look.

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
          "strict": false,
          "skills": [
            "./skills/pdf-forms"
          ]
        }
      ]
    }
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
    for marketplace, index, entry, plugin in joined(bundle):
        named = [key for key in facts.plugin().components if key in entry]
        if entry.get("strict") is False and named:
            message = f"the entry is not strict and names {', '.join(named)}, and {plugin.path} has a plugin.json"
            place = marketplace.data.key_place("plugins", index, named[0])
            yield Told(place, message, "remove `strict: false`, or the components from the entry")
