"""Marketplace -> escaping-source."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Marketplace, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK513", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#relative-paths")
def escaping_source(marketplace: Marketplace) -> Iterator[Told]:
    """An entry's source leaves the marketplace.

    Claude Code refuses to install it, for a path must stay below the marketplace's root.

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
          "source": "./../forms"
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
    for path, place in marketplace.escaping:
        inside = posixpath.normpath(path)
        if path.startswith("./") and not inside.startswith(".."):
            how = "climbs with .., which" if ".." in path else "has a `.` between its folders, which"
            message = f"the source {path} {how} Claude Code refuses even where it comes back"
            yield Told(place, message, f"write `./{'' if inside == '.' else inside}`")
            continue
        if place == marketplace.data.place("metadata", "pluginRoot") and not _needs_root(marketplace):
            message = f"{path} leaves the marketplace's root, and no source is found below it"
            yield Told(place, message, "remove it, for every source has its own path", severity=Severity.WARNING)
            continue
        message = f"the source {path} leaves the marketplace's root"
        yield Told(place, message, "move the plugin below the marketplace, and name it by a path that begins with ./")


def _needs_root(marketplace: Marketplace) -> bool:
    """Whether an entry has a name alone for its source, which is found below `pluginRoot`."""
    listed = marketplace.data.mapping().get("plugins")
    sources = (entry.get("source") for entry in listed if isinstance(entry, dict)) if isinstance(listed, list) else ()
    return any(isinstance(source, str) and not source.startswith(".") for source in sources)
