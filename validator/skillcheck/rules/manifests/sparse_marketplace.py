"""Marketplace -> sparse-marketplace."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace, Severity
from skillcheck.rules.entries import is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK518",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugin-marketplaces",
)
def sparse_marketplace(marketplace: Marketplace) -> Iterator[Told]:
    """The marketplace has no description, or no plugin.

    Users choose by the description, and there is nothing to install without a plugin. Claude Code's validator
    warns, and fails with --strict.

    ```json bad path=.claude-plugin/marketplace.json
    {
      "name": "forms",
      "owner": {
        "name": "Ada"
      },
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
    if not is_parsed(marketplace.faults):
        return
    fields, place = marketplace.data.mapping(), marketplace.data.place()
    metadata = fields.get("metadata")
    if not fields.get("description") and not (isinstance(metadata, dict) and metadata.get("description")):
        yield Told(place, "the marketplace has no description", "add `description`")
    if fields.get("plugins") == []:
        yield Told(marketplace.data.place("plugins"), "the marketplace lists no plugin", "add an entry")
