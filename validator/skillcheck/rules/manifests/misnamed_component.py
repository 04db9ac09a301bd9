"""Plugin -> misnamed-component."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Place, Plugin, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_MISTAKEN = {
    "hooks/hooks.json": (
        *("hooks.json", ".hooks.json", "hooks.yaml", ".claude/hooks.json", ".claude-plugin/hooks.json"),
        *("hooks/hook.json", "hooks/hooks.jsonc", "hooks/hooks.yaml", "hooks/Hooks.json", "hook/hooks.json"),
        "Hooks/hooks.json",
    ),
    ".mcp.json": (
        *(
            "mcp.json",
            ".mcp.jsonc",
            ".MCP.json",
            ".mcp.yaml",
            "mcp-servers.json",
            "mcp_servers.json",
            "mcpServers.json",
        ),
        *("mcp/.mcp.json", "mcp/mcp.json", ".mcp/mcp.json", ".claude-plugin/mcp.json"),
    ),
    ".lsp.json": (
        *("lsp.json", ".lsp.jsonc", ".LSP.json", "lsp-servers.json", "lsp/.lsp.json", "lsp/lsp.json"),
        ".claude-plugin/lsp.json",
    ),
    "monitors/monitors.json": (
        *("monitors.json", "monitors/monitor.json", "monitor/monitors.json", "monitor/monitor.json"),
        ".claude-plugin/monitors.json",
    ),
    "commands": ("command", "Commands", "slash-commands", "slash_commands"),
    "agents": ("agent", "Agents", "subagents", "sub-agents"),
    "output-styles": ("output-style", "outputStyles", "output_styles"),
}


@rule(
    "SK556",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/plugins-reference#file-locations-reference",
)
def misnamed_component(plugin: Plugin) -> Iterator[Told]:
    """A component has another name, or stands in another place, than Claude Code looks for.

    Claude Code reads hooks/hooks.json, .mcp.json, .lsp.json, monitors/monitors.json and the folders commands, agents
    and output-styles, by exactly these names, and whatever plugin.json names. It says nothing of others.

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

    ```json with path=mcp.json
    {
      "mcpServers": {
        "forms": {
          "command": "forms-server"
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
      "mcpServers": "./mcp.json"
    }
    ```

    ```json with path=mcp.json
    {
      "mcpServers": {
        "forms": {
          "command": "forms-server"
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
    manifest = plugin.manifest
    for meant, mistaken in _MISTAKEN.items() if manifest and not plugin.faults else ():
        there = [path for path in mistaken if plugin.holds(path) and manifest and path not in str(manifest.value)]
        if there and not plugin.holds(meant):
            path = there[0]
            place = Place(path if plugin.path == "." else posixpath.join(plugin.path, path))
            yield Told(place, f"Claude Code does not read {path}, only {meant}", f"rename it to `{meant}`")
