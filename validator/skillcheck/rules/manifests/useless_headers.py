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
            helped, sent = bool(entry.get("headersHelper")), entry.get("headers") is not None
            fields = [key for key, is_set in (("headersHelper", helped), ("headers", sent)) if is_set]
            for key in fields[:1]:
                place = marketplace.data.key_place("plugins", index, key)
                named, verb = " and ".join(f"`{each}`" for each in fields), "have" if fields[1:] else "has"
                yield Told(place, f"{named} {verb} no effect here: the source is no archive", f"remove {named}")
