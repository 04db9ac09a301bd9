"""Plugin -> misplaced-component."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Place, Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_COMPONENTS = ("skills", "commands", "agents", "hooks", "output-styles", ".mcp.json", ".lsp.json")


@rule(
    "SK537", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def misplaced_component(plugin: Plugin) -> Iterator[Told]:
    """A component lies in .claude-plugin.

    Only the manifests belong there. Claude Code looks for skills, commands, agents, hooks and servers in the root of
    the plugin, and passes over the same names beside plugin.json.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      }
    }
    ```

    ```markdown with path=.claude-plugin/commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill it.
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

    ```markdown with path=commands/fill.md
    ---
    description: Fills a form.
    ---

    Fill it.
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
    for name in _COMPONENTS:
        inner = f".claude-plugin/{name}"
        if plugin.manifest and plugin.holds(inner) and inner not in str(plugin.manifest.value):
            place = Place(inner if plugin.path == "." else posixpath.join(plugin.path, inner))
            yield Told(
                place,
                f"Claude Code does not look for {name} in .claude-plugin",
                f"move it to {name} in the root of the plugin",
            )
