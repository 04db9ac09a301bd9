"""Component -> unquoted-root."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Component, Json, Severity
from skillcheck.rules.components import in_hooks
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_ROOT = re.compile(r"\$(?P<brace>\{)?(?P<name>CLAUDE_(?:PLUGIN_ROOT|PROJECT_DIR|PLUGIN_DATA))(?(brace)\}|\b)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|\\.", re.DOTALL)


@rule("SK546", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def unquoted_root(component: Component) -> Iterator[Told]:
    r"""A hook's command names a folder of Claude Code without quotes.

    Where the folder has a space in its path, the shell takes it for several words. The client's validator warns of
    it.

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
                "command": "sh ${CLAUDE_PLUGIN_ROOT}/check.sh"
              }
            ]
          }
        ]
      }
    }
    ```

    ```bash with path=check.sh
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
                "command": "sh \"${CLAUDE_PLUGIN_ROOT}/check.sh\""
              }
            ]
          }
        ]
      }
    }
    ```

    ```bash with path=check.sh
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
    for _, pointer, matcher in in_hooks(component):
        hooks = matcher.get("hooks")
        for index, hook in enumerate(hooks if isinstance(hooks, list) else ()):
            name = _unquoted(hook)
            if name:
                place = component.data.place(*pointer, "hooks", index, "command")
                message = f"the command has `${{{name}}}` without quotes, and breaks where the path has a space"
                yield Told(place, message, f'write `"${{{name}}}/…"`')


def _unquoted(hook: Json) -> str | None:
    """Return the first variable outside quotes of a command that a shell reads, as the client's validator sees it."""
    if (
        not isinstance(hook, dict)
        or hook.get("type") != "command"
        or "args" in hook
        or hook.get("shell") == "powershell"
    ):
        return None
    command = hook.get("command")
    found = _ROOT.search(_QUOTED.sub(" ", command)) if isinstance(command, str) else None
    return found["name"] if found else None
