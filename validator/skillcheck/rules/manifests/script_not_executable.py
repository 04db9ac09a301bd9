"""Plugin -> script-not-executable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import launches
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_RUN = re.compile(
    r"(?:^|[;|&]|\bexec\s)\s*(?:\w+=\S*\s+)*[\"']?\$(?:\{CLAUDE_PLUGIN_ROOT\}|CLAUDE_PLUGIN_ROOT\b)[\"']?"
    r"/(?P<path>[\w.@-]+(?:/[\w.@-]+)*)[\"']?(?=[\s;|&]|$)"
)

_HEREDOC = re.compile(r"<<-?[ \t]*([\"']?)(?P<end>\w+)\1[\s\S]*?(?:\n(?P=end)\b|\Z)")
_OTHERS = (".ps1", ".cmd", ".bat", ".exe")  # which no shell of Unix runs


@rule(
    "SK561",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#hook-troubleshooting",
)
def script_not_executable(plugin: Plugin) -> Iterator[Told]:
    r"""A command runs a file of the plugin that may not be executed.

    Claude Code installs the file with the mode that it has, as git does, and the shell refuses it.

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
                "command": "\"${CLAUDE_PLUGIN_ROOT}/hooks/stop.sh\""
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
    for launch in launches(plugin):
        text, place = next(launch.strings())
        for found in _RUN.finditer(_HEREDOC.sub("", text)) if launch.fields.get("shell") != "powershell" else ():
            path = found["path"]
            is_others = path.endswith(_OTHERS)
            if not is_others and ".." not in path.split("/") and plugin.holds(path) and not plugin.can_run(path):
                message = f"the command runs {path}, which may not be executed"
                yield Told(place, message, f"run `chmod +x {path}`, or write its interpreter before it")
