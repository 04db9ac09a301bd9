"""Marketplace -> useless-headers."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace, Severity
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK542",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces",
)
def useless_headers(marketplace: Marketplace) -> Iterator[Told]:
    """An entry has headers for a source that asks for nothing.

    Headers are sent when an archive is fetched. For every other source they have no effect.

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
          "headers": {
            "X-Key": "forms"
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
    for index, entry in entries(marketplace):
        source = entry.get("source")
        if not (isinstance(source, dict) and source.get("source") == "archive"):
            for key in ("headers", "headersHelper"):
                if entry.get(key):
                    place = marketplace.data.key_place("plugins", index, key)
                    message = f"`{key}` is for sources of archive, and has no effect here"
                    yield Told(place, message, f"remove `{key}`")
