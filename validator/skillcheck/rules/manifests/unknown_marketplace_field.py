"""Marketplace -> unknown-marketplace-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Marketplace, Pointer, Severity
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
    data = marketplace.data
    for pointer, known in _mappings(marketplace):
        value = data.at(*pointer)
        for key in value if isinstance(value, dict) else ():
            if key not in known:
                yield unknown("marketplace", data, (*pointer, key), known)


def _mappings(marketplace: Marketplace) -> Iterator[tuple[Pointer, frozenset[str]]]:
    """Yield where each mapping stands, with the fields that it may have."""
    known, plugin = facts.marketplace(), facts.plugin()
    yield (), known.fields
    yield ("metadata",), known.metadata_fields
    for index, _ in entries(marketplace):
        entry: Pointer = ("plugins", index)
        yield entry, plugin.fields | known.entry_fields
        yield (*entry, "experimental"), plugin.experimental
        yield (*entry, "settings"), plugin.settings
        yield (*entry, "relevance"), known.relevance_fields
        yield (*entry, "relevance", "signals"), known.signals
