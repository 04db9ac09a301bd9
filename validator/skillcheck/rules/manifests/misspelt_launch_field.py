"""Plugin -> misspelt-launch-field."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Data, Json, Plugin, Pointer, Severity
from skillcheck.rules.launches import data_of
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_OF_MATCHERS = frozenset({"matcher", "hooks", "description"})
_OF_HOOKS = frozenset(
    (
        *("type", "command", "args", "shell", "prompt", "url", "headers", "allowedEnvVars", "server", "tool", "input"),
        *("timeout", "async", "asyncRewake", "if", "model", "once", "statusMessage", "description", "continueOnBlock"),
    )
)
_OF_SERVERS = frozenset(
    (
        *("type", "command", "args", "env", "cwd", "url", "headers", "headersHelper", "oauth", "timeout", "disabled"),
        *("description", "name", "autoApprove", "alwaysAllow", "alwaysLoad", "title", "transport", "tools"),
    )
)


@rule("SK555", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def misspelt_launch_field(plugin: Plugin) -> Iterator[Told]:
    """A field of a hook or of a server is misspelt.

    Claude Code passes over fields that it does not know. A hook without its matcher runs for every tool, a server
    without its arguments is another program.

    ```json bad path=.claude-plugin/plugin.json
    {
      "name": "forms",
      "version": "1.0.0",
      "description": "Fills forms",
      "author": {
        "name": "Ada"
      },
      "hooks": {
        "PreToolUse": [
          {
            "match": "Bash",
            "hooks": [
              {
                "type": "command",
                "command": "echo run"
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
        "PreToolUse": [
          {
            "matcher": "Bash",
            "hooks": [
              {
                "type": "command",
                "command": "echo run"
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
    """
    for data, pointer, value in data_of(plugin):
        for inner, fields, known in _mappings(pointer, value):
            for key in fields:
                near = closest(key, known) if key not in known else None
                if near and near not in fields:
                    yield _told(data, (*inner, key), near, is_of_hook=known is _OF_HOOKS)


def _told(data: Data, pointer: Pointer, near: str, *, is_of_hook: bool) -> Told:
    key = f"{pointer[-1]}"
    message = f"`{key}` is no field that Claude Code reads there, `{near}` is"
    is_of_milliseconds = is_of_hook and near == "timeout" and key.lower().endswith("ms")
    unit = ", and write it in seconds" if is_of_milliseconds else ""
    return Told(data.key_place(*pointer), message, f"rename it to `{near}`{unit}")


def _mappings(pointer: Pointer, value: Json) -> Iterator[tuple[Pointer, dict[str, Json], frozenset[str]]]:
    """Yield the matchers, hooks and servers in a value that stands below `hooks` or `mcpServers`."""
    if pointer[-1:] == ("mcpServers",):
        for name, server in value.items() if isinstance(value, dict) else ():
            if isinstance(server, dict):
                yield (*pointer, name), server, _OF_SERVERS
        return
    for event, matchers in value.items() if isinstance(value, dict) else ():
        for index, matcher in enumerate(matchers if isinstance(matchers, list) else ()):
            if isinstance(matcher, dict):
                yield (*pointer, event, index), matcher, _OF_MATCHERS
                yield from _hooks((*pointer, event, index, "hooks"), matcher.get("hooks"))


def _hooks(pointer: Pointer, hooks: Json) -> Iterator[tuple[Pointer, dict[str, Json], frozenset[str]]]:
    for index, hook in enumerate(hooks if isinstance(hooks, list) else ()):
        if isinstance(hook, dict):
            yield (*pointer, index), hook, _OF_HOOKS
