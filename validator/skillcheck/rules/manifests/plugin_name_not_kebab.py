"""Plugin -> plugin-name-not-kebab."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Client, Plugin, Severity
from skillcheck.rules.rule import Told, rule

_REFUSED = re.compile("^$|[ \x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # told as a wrong shape
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@rule(
    "SK507",
    severity=Severity.WARNING,
    clients=(Client.CLAUDE_CODE, Client.CLAUDE_AI),
    source="https://code.claude.com/docs/en/plugins-reference",
)
def plugin_name_not_kebab(plugin: Plugin) -> Iterator[Told]:
    """The plugin's name is not kebab-case.

    The marketplaces of claude.ai take lower-case letters, digits and hyphens only. Claude Code warns, and installs from
    a marketplace only names of letters, digits, dots, underscores and hyphens.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "My_Forms",
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

    ```json good path=.claude-plugin/plugin.json
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
    name = plugin.manifest.mapping().get("name") if plugin.manifest else None
    if plugin.manifest and isinstance(name, str) and not _REFUSED.search(name) and not _KEBAB.fullmatch(name):
        message = f"the plugin's name is {name!r}, expected lower-case letters and digits, joined by single hyphens"
        yield Told(plugin.manifest.place("name"), message, "rename the plugin")
