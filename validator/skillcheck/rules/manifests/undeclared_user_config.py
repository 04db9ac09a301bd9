"""Plugin -> undeclared-user-config."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from skillcheck.model import Json, Plugin, Pointer
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.servers import servers
from skillcheck.rules.wording import closest

_ASKED = re.compile(r"\$\{user_config\.([^}]+)\}")
_FIELDS = ("command", "args", "env", "url", "headers")
_HELPER = "headersHelper"


@rule("SK564", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugins-reference#user-configuration")
def undeclared_user_config(plugin: Plugin) -> Iterator[Told]:
    """A server asks for a setting of the user that the plugin does not declare.

    Claude Code asks its user for what stands in `userConfig`, and for nothing else: the server does not start on a
    fresh installation. Claude Code's validator fails on it.

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
          "command": "forms-server",
          "env": {
            "FORMS_TOKEN": "${user_config.TOKEN}"
          }
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
      "description": "Fills PDF forms",
      "author": {
        "name": "Ada"
      },
      "userConfig": {
        "TOKEN": {
          "type": "string",
          "title": "Token",
          "description": "of the server of forms",
          "sensitive": true
        }
      },
      "mcpServers": {
        "forms": {
          "command": "forms-server",
          "env": {
            "FORMS_TOKEN": "${user_config.TOKEN}"
          }
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
    found = list(servers(plugin)) if plugin.manifest else ()  # without one the validator passes it
    asked = [(data, base, *each) for data, base, server in found for each in _asked(base, server)]
    declared, own = (_declared(plugin), _of_channels(plugin)) if asked else (set[str](), {})
    for data, base, pointer, key in asked:
        if key not in declared | own.get(f"{base[-1]}", set()):
            meant = closest(key, declared)
            fix = f"write `${{user_config.{meant}}}`" if meant else f"declare `{key}` below `userConfig` in plugin.json"
            yield Told(data.place(*pointer), f"`${{user_config.{key}}}` is no setting of `userConfig`", fix)
    for data, base, server in found:
        if _ASKED.search(str(server.get(_HELPER, ""))):
            fact, fix = (
                "no setting of the user is put into `headersHelper`",
                "set a variable in `env`, and read it there",
            )
            yield Told(data.place(*base, _HELPER), fact, fix)


def _asked(base: Pointer, server: dict[str, Json]) -> Iterator[tuple[Pointer, str]]:
    """Yield each setting that a server asks for with where it does, once a text."""
    for field in _FIELDS:
        for pointer, text in _strings((*base, field), server.get(field)):
            yield from ((pointer, key) for key in dict.fromkeys(_ASKED.findall(text)))


def _strings(pointer: Pointer, value: Json) -> Iterator[tuple[Pointer, str]]:
    """Yield a value where it is a text, and the texts directly in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, text in [(None, value), *inner]:
        if isinstance(text, str):
            yield pointer if step is None else (*pointer, step), text


def _declared(plugin: Plugin) -> set[str]:
    settings = plugin.manifest.at("userConfig") if plugin.manifest else None
    return {*settings} if isinstance(settings, dict) else set()


def _of_channels(plugin: Plugin) -> dict[str, set[str]]:
    """Return the settings that the channels of servers declare, by the server."""
    channels = plugin.manifest.at("channels") if plugin.manifest else None
    own: defaultdict[str, set[str]] = defaultdict(set)
    for channel in channels if isinstance(channels, list) else ():
        settings = channel.get("userConfig") if isinstance(channel, dict) else None
        if isinstance(channel, dict) and isinstance(settings, dict):
            own[str(channel.get("server"))].update(settings)
    return own
