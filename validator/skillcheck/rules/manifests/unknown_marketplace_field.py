"""Marketplace -> unknown-marketplace-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Marketplace, Severity
from skillcheck.rules.entries import entries, unknown
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK505",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces#marketplace-schema",
)
def unknown_marketplace_field(marketplace: Marketplace) -> Iterator[Told]:
    """marketplace.json has a field that Claude Code ignores.

    The field has no effect, and Claude Code's validator warns of it.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
      "descriptoin": "Forms",
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
    known, data = facts.marketplace(), marketplace.data
    fields = facts.plugin().fields | known.entry_fields
    for key in data.mapping():
        if key not in known.fields:
            yield unknown("marketplace", data, (key,), known.fields)
    metadata = data.mapping().get("metadata")
    for key in metadata if isinstance(metadata, dict) else ():
        if key not in known.metadata_fields:
            yield unknown("marketplace", data, ("metadata", key), known.metadata_fields)
    for index, entry in entries(marketplace):
        for key in entry:
            if key not in fields:
                yield unknown("marketplace", data, ("plugins", index, key), fields)
        experimental = entry.get("experimental")
        for key in experimental if isinstance(experimental, dict) else ():
            if key not in facts.plugin().experimental:
                yield unknown("marketplace", data, ("plugins", index, "experimental", key), facts.plugin().experimental)
