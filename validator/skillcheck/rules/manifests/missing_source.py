"""Marketplace -> missing-source."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Marketplace
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK512", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#relative-paths")
def missing_source(marketplace: Marketplace) -> Iterator[Told]:
    """An entry's folder does not exist.

    Installing the plugin fails. Claude Code's own validator does not look.

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
          "source": "./nope"
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
    for path, place in marketplace.not_folders:
        message = f"the source {path} is a file, expected the folder of a plugin"
        yield Told(place, message, "name the folder that holds .claude-plugin/ or skills/")
    metadata = marketplace.data.mapping().get("metadata")
    base = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    for path, place in marketplace.missing:
        is_below = base and not path.startswith(".")  # a bare name, which is looked for there
        root = f"{base}, the `pluginRoot`" if is_below else "the marketplace's root"
        start = "there" if is_below else "at the folder that holds .claude-plugin/"
        yield Told(place, f"the source {path} does not exist below {root}", f"correct the path; it begins {start}")
