"""Bundle -> differing-version."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Bundle, Severity
from skillcheck.rules.entries import joined
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK517",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces",
)
def differing_version(bundle: Bundle) -> Iterator[Told]:
    """An entry's version differs from plugin.json's.

    plugin.json wins when the plugin is installed, and the entry's version is ignored.

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
          "version": "2.0.0"
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
        told = entry.get("version")
        version = plugin.manifest.mapping().get("version") if plugin.manifest else None
        if isinstance(told, str) and told and isinstance(version, str) and told != version:
            place = marketplace.data.place("plugins", index, "version")
            yield Told(place, f"the entry's version is {told!r}, plugin.json's {version!r}", f"write {version!r}")
