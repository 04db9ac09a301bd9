"""Marketplace -> missing-twin."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_READ = ".claude-plugin/marketplace.json"


@rule("SK538", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces")
def missing_twin(marketplace: Marketplace) -> Iterator[Told]:
    """A marketplace has no file in .claude-plugin.

    `claude plugin marketplace add` of the folder or the repository answers "Marketplace file not found": it looks for
    .claude-plugin/marketplace.json alone.

    ```json bad path=marketplace.json
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

    ```json good path=marketplace.json
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

    ```json with path=.claude-plugin/marketplace.json
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
    if not marketplace.path.endswith(_READ) and marketplace.path != _READ and marketplace.twin is None:
        message = f"Claude Code finds no marketplace here, for it reads {_READ} alone"
        yield Told(marketplace.data.place(), message, f"move the file to {_READ}, or copy it there")
