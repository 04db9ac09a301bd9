"""Plugin -> unmatched-hook."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import matchers
from skillcheck.rules.matchers import wrong_matcher
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK543", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def unmatched_hook(plugin: Plugin) -> Iterator[Told]:
    """A hook's matcher matches nothing.

    It is compared with the name of the tool, letter by letter or as a pattern: a rule as in `Bash(git *)` is none, and
    neither is a name in other letters. Of events that are about no tool it is compared with what began the session,
    what asks for compaction or what is notified; some have nothing to match, and run their hooks each time.

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
            "matcher": "bash",
            "hooks": [
              {
                "type": "command",
                "command": "true"
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
                "command": "true"
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
        text = matcher.get("matcher")
        told = wrong_matcher(str(pointer[-2]), text) if isinstance(text, str) else None
        if told:
            yield Told(data.place(*pointer, "matcher"), *told)
