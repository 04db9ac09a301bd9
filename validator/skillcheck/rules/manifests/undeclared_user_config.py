"""Plugin -> undeclared-user-config."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import ComponentKind, Data, Json, Plugin, Pointer
from skillcheck.rules.entries import manifests
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_ASKED = re.compile(r"\$\{user_config\.(?P<key>[^}]+)\}")
_FIELDS = ("command", "args", "env", "url", "headers")


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
    declared: set[str] | None = None
    for data, pointer, text in _texts(plugin):
        for key in dict.fromkeys(found["key"] for found in _ASKED.finditer(text)):
            declared = _declared(plugin) if declared is None else declared
            if key not in declared | _of_channels(plugin, pointer):
                yield _told(data, pointer, key, declared)


def _told(data: Data, pointer: Pointer, key: str, declared: set[str]) -> Told:
    meant = closest(key, declared)
    fix = f"write `${{user_config.{meant}}}`" if meant else f"declare `{key}` below `userConfig` in plugin.json"
    return Told(data.place(*pointer), f"`${{user_config.{key}}}` is no setting of `userConfig`", fix)


def _texts(plugin: Plugin) -> Iterator[tuple[Data, Pointer, str]]:
    """Yield what the servers are started and asked with, wherever they are written."""
    for data, base in _servers(plugin):
        servers = data.at(*base)
        for name, server in servers.items() if isinstance(servers, dict) else ():
            for field in _FIELDS if isinstance(server, dict) else ():
                yield from _strings(data, (*base, name, field), data.at(*base, name, field))


def _servers(plugin: Plugin) -> Iterator[tuple[Data, Pointer]]:
    if plugin.manifest:
        inline = plugin.manifest.at("mcpServers")
        listed = range(len(inline)) if isinstance(inline, list) else ()
        yield plugin.manifest, ("mcpServers",)
        yield from ((plugin.manifest, ("mcpServers", index)) for index in listed)
    for component in plugin.components:
        if component.kind is ComponentKind.MCP:
            yield component.data, ("mcpServers",) if "mcpServers" in component.data.mapping() else ()


def _strings(data: Data, pointer: Pointer, value: Json) -> Iterator[tuple[Data, Pointer, str]]:
    """Yield a value where it is a text, and the texts directly in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, text in [(None, value), *inner]:
        if isinstance(text, str):
            yield data, pointer if step is None else (*pointer, step), text


def _declared(plugin: Plugin) -> set[str]:
    found = (data.at(*base, "userConfig") for data, base in manifests(plugin))
    return {key for settings in found if isinstance(settings, dict) for key in settings}


def _of_channels(plugin: Plugin, pointer: Pointer) -> set[str]:
    """Return the settings that the channel of a server declares; the server's name is a step of the pointer."""
    channels = plugin.manifest.at("channels") if plugin.manifest else None
    own = (each for each in channels if isinstance(each, dict)) if isinstance(channels, list) else ()
    settings = (each.get("userConfig") for each in own if each.get("server") in pointer)
    return {key for found in settings if isinstance(found, dict) for key in found}
