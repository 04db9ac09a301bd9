"""Plugin -> long-hook-timeout."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import matchers
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_THOUSAND = 1000


@rule("SK567", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def long_hook_timeout(plugin: Plugin) -> Iterator[Told]:
    """A hook's timeout was written in milliseconds, and is read in seconds.

    A hook that hangs is to be ended after some seconds; with `5000` it holds up the session for more than an hour.
    Told are whole thousands, which nobody means as seconds.

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

    ```json with path=hooks/hooks.json
    {
      "hooks": {
        "PreToolUse": [
          {
            "matcher": "Bash",
            "hooks": [
              {
                "type": "command",
                "command": "true",
                "timeout": 5000
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
      }
    }
    ```

    ```json with path=hooks/hooks.json
    {
      "hooks": {
        "PreToolUse": [
          {
            "matcher": "Bash",
            "hooks": [
              {
                "type": "command",
                "command": "true",
                "timeout": 5
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
    for data, pointer, matcher in matchers(plugin):
        hooks = matcher.get("hooks")
        for index, hook in enumerate(hooks if isinstance(hooks, list) else ()):
            timeout = hook.get("timeout") if isinstance(hook, dict) else None
            if isinstance(timeout, int) and timeout >= _THOUSAND and timeout % _THOUSAND == 0:
                place = data.place(*pointer, "hooks", index, "timeout")
                message = f"the timeout is {timeout} seconds, for it is not in milliseconds"
                yield Told(place, message, f"write `{timeout // _THOUSAND}`")
