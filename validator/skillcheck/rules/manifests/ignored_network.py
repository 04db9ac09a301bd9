"""Plugin -> ignored-network."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.breaches import breaches
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.servers import servers
from skillcheck.rules.wording import shown, where

_FIELD = "network"


@rule(
    "SK565", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference"
)
def ignored_network(plugin: Plugin) -> Iterator[Told]:
    """The hosts that a server names are ignored.

    `network` says which hosts a program talks to that is started as a server. That of a remote server is in its
    address. Claude Code's validator warns, and fails with --strict.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills PDF forms",
      "author": {
        "name": "Ada"
      },
      "mcpServers": {
        "forms": {
          "type": "http",
          "url": "https://example.com/mcp",
          "network": {
            "hosts": ["example.com"]
          }
        }
      }
    }
    ```

    ```json good path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills PDF forms",
      "author": {
        "name": "Ada"
      },
      "mcpServers": {
        "forms": {
          "command": "forms-server",
          "network": {
            "hosts": ["example.com"]
          }
        }
      }
    }
    ```
    """
    for data, base, server in servers(plugin):
        if _FIELD not in server:
            continue
        if server.get("type", "stdio") != "stdio":
            place = data.key_place(*base, _FIELD)
            yield Told(place, "the `network` of a remote server is ignored, its host is in `url`", "remove it")
            continue
        for breach in breaches("plugin", {"name": "x", _FIELD: server[_FIELD]}):
            expected = breach.schema.get("description", "`hosts` alone")
            fact = f"`{where(breach.pointer)}` is {shown(breach.value)}, expected {expected}, and is ignored"
            yield Told(data.place(*base, *breach.pointer), fact, f"make it {expected}")
