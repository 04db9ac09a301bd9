"""Component -> unmatched-hook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Component, Severity
from skillcheck.rules.components import in_hooks
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_OF_TOOLS = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"})
_RULE = re.compile(r"(?P<tool>\w+)\([^()|]*[ :*/.][^()]*\)")
_NAME = re.compile(r"[A-Za-z]\w*")


@rule("SK543", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def unmatched_hook(component: Component) -> Iterator[Told]:
    """A hook's matcher matches no tool.

    It is compared with the name of the tool, letter by letter or as a pattern. A rule as in `Bash(git *)` is none,
    and neither is a name in other letters.

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
    for event, pointer, matcher in in_hooks(component):
        text = matcher.get("matcher")
        told = _wrong(text) if event in _OF_TOOLS and isinstance(text, str) else None
        if told:
            yield Told(component.data.place(*pointer, "matcher"), *told)


def _wrong(matcher: str) -> tuple[str, str] | None:
    """Return what is wrong with a matcher and the remedy, None where it may match."""
    if of_permissions := _RULE.fullmatch(matcher):
        fix = f"write `{of_permissions['tool']}`, and look at the command in the hook"
        return f"the matcher `{matcher}` is a rule of permissions, and matches no tool", fix
    try:
        re.compile(matcher)
    except re.error as error:
        return f"the matcher `{matcher}` is no pattern: {error.msg}", "write the names of tools, parted by `|`"
    known = facts.tools()
    for name in matcher.split("|"):
        if _NAME.fullmatch(name) and name not in known.tools and not re.match(known.mcp_pattern, name):
            near = closest(name, known.tools)
            return f"no tool is called `{name}`", f"write `{near}`" if near else "write the name of a tool"
    return None
