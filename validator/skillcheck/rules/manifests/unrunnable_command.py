"""Plugin -> unrunnable-command."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import launches
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_LINE = re.compile(r"(?P<program>npx|node|python[\d.]*|uvx?|bunx?|deno|docker|bash|sh|go|java|ruby|npm|pnpm|yarn)\s+\S")


@rule("SK554", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/mcp")
def unrunnable_command(plugin: Plugin) -> Iterator[Told]:
    """A command cannot be started as it is written.

    The `command` of a server is the name of one program, and no shell reads it: what the program is given belongs into
    `args`. An empty command starts nothing.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "mcpServers": {
        "forms": {
          "command": "npx -y forms-server"
        }
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
      "mcpServers": {
        "forms": {
          "command": "npx",
          "args": [
            "-y",
            "forms-server"
          ]
        }
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
    for launch in launches(plugin):
        command = str(launch.fields["command"])
        line = _LINE.match(command)
        place = launch.data.place(*launch.pointer, "command")
        if not command.strip():
            yield Told(place, "the command is empty", "write the command, or remove it")
        elif line and launch.is_server:
            message = f"the command {command[:40]!r} is a line, expected the name of a program"
            yield Told(place, message, f"write {line['program']!r}, and the rest as `args`")
