"""Plugin -> unrooted-path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import launches
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_ROOTS = ("CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR")
_PATH = r"(?P<path>[\w.-]+(?:/[\w.-]+)*\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|ps1))(?![\w/.])"
_RELATIVE = re.compile(rf"(?:^|(?<=[\s\"'=;&|(]))(?:\./)?{_PATH}")
_VARIABLE = re.compile(rf"\$(?:\{{(?P<braced>\w+)\}}|(?P<bare>\w+))[\"']?/{_PATH}")


@rule(
    "SK553",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#environment-variables",
)
def unrooted_path(plugin: Plugin) -> Iterator[Told]:
    r"""A command names a file of the plugin by a path that does not begin at the plugin's folder.

    Commands of a plugin run in the user's project, where the file is not. `${CLAUDE_PLUGIN_ROOT}` is the folder of the
    plugin, and the only name of it.

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
                "command": "bash scripts/stop.sh"
              }
            ]
          }
        ]
      }
    }
    ```

    ```bash with path=scripts/stop.sh
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
                "command": "bash \"${CLAUDE_PLUGIN_ROOT}/scripts/stop.sh\""
              }
            ]
          }
        ]
      }
    }
    ```

    ```bash with path=scripts/stop.sh
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
    for launch in launches(plugin):
        everything = " ".join(text for text, _ in launch.strings())
        if "cwd" in launch.fields or "cd " in everything:
            continue
        for text, place in launch.strings():
            for said, path in _unrooted(text):
                if plugin.holds(path):
                    message = f"{said} is looked for in the user's project, and lies in the plugin"
                    yield Told(place, message, f"write `${{CLAUDE_PLUGIN_ROOT}}/{path}`")


def _unrooted(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is said of each path that begins elsewhere, and the path."""
    for found in _RELATIVE.finditer(text):
        yield f"`{found[0]}`", found["path"]
    for found in _VARIABLE.finditer(text):
        name = found["braced"] or found["bare"]
        if name not in _ROOTS and f"{name}=" not in text:
            yield f"`{found[0]}`", found["path"]
