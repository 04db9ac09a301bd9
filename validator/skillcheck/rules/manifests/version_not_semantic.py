"""Plugin -> version-not-semantic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?")


@rule("SK548", severity=Severity.NOTE, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def version_not_semantic(plugin: Plugin) -> Iterator[Told]:
    """The version of a plugin is no semantic one.

    Claude Code takes any text. `claude plugin tag` refuses such a version, and plugins that depend on this one never
    find it.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0",
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
    version = plugin.manifest.mapping().get("version") if plugin.manifest else None
    if plugin.manifest and isinstance(version, str) and version and not _SEMANTIC.fullmatch(version):
        message = f"the version is {version!r}, expected one such as 1.0.0"
        yield Told(plugin.manifest.place("version"), message, "write three numbers parted by dots")
