"""Marketplace -> unread-engine."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.entries import is_engine, is_parsed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule("SK552", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#optional-plugin-fields")
def unread_engine(marketplace: Marketplace) -> Iterator[Told]:
    """The version of Claude Code that an entry asks for is no range of versions.

    Claude Code 2.1.330 installs the plugin as if nothing was asked for. Its validator fails.

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
          "engines": {
            "claude-code": "latest"
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
          "source": "./",
          "engines": {
            "claude-code": ">=2.1.0"
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
    if is_parsed(marketplace.faults):
        for complaint in complaints("marketplace", marketplace.data):
            if is_engine(complaint.pointer) and not complaint.is_warning:
                yield complaint.told
