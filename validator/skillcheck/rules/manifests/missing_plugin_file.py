"""Plugin -> missing-plugin-file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Plugin
from skillcheck.rules.roots import named
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK535", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference")
def missing_plugin_file(plugin: Plugin) -> Iterator[Told]:
    r"""A hook, a server or a command names a file that is not in the plugin.

    Claude Code installs the plugin and finds the file missing when the hook or the server starts. Its validator looks
    for none of them.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "hooks": {
        "Stop": [
          {
            "hooks": [
              {
                "type": "command",
                "command": "bash \"${CLAUDE_PLUGIN_ROOT}/hooks/stop.sh\""
              }
            ]
          }
        ]
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
      },
      "hooks": {
        "Stop": [
          {
            "hooks": [
              {
                "type": "command",
                "command": "bash \"${CLAUDE_PLUGIN_ROOT}/hooks/stop.sh\""
              }
            ]
          }
        ]
      }
    }
    ```

    ```bash with path=hooks/stop.sh
    #!/bin/sh
    exit 0
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
    for each in named(plugin):
        if ".." in each.path.split("/"):
            message = f"the path {each.path} leaves the plugin, which is installed without what lies beside it"
            yield Told(each.place, message, _remedy(plugin, each.path))
        elif not plugin.holds(each.path):
            yield Told(each.place, f"the plugin holds no {each.path}", "add the file, or correct the path")


def _remedy(plugin: Plugin, path: str) -> str:
    """Return what to do about a path that climbs: where it comes back to the plugin itself, it need not."""
    home, _, inner = path.removeprefix("../").partition("/")
    is_its_own = path.startswith("../") and home == posixpath.basename(plugin.location) and plugin.holds(inner)
    return f"write `${{CLAUDE_PLUGIN_ROOT}}/{inner}`" if is_its_own else "move the file into the plugin"
