"""Plugin -> unmatched-hook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Plugin, Severity
from skillcheck.rules.launches import matchers
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_OF_TOOLS = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "PermissionDenied"})
_RULE = re.compile(r"(?P<tool>\w+)\([^()|]*[ :*/.][^()]*\)")
_LISTED = re.compile(r"[\w ,|-]+")  # letter by letter, not as a pattern
_BETWEEN = re.compile(r"\s*[|,]\s*")
_NAME = re.compile(r"[A-Za-z]\w*")


@rule("SK543", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/hooks")
def unmatched_hook(plugin: Plugin) -> Iterator[Told]:
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
    for data, pointer, matcher in matchers(plugin):
        text = matcher.get("matcher")
        told = _wrong(text) if pointer[-2] in _OF_TOOLS and isinstance(text, str) else None
        if told:
            yield Told(data.place(*pointer, "matcher"), *told)


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
    for name in _BETWEEN.split(matcher) if _LISTED.fullmatch(matcher) else matcher.split("|"):
        is_name = _NAME.fullmatch(name) or _LISTED.fullmatch(matcher)
        if name and is_name and name not in known.tools and not re.match(known.mcp_pattern, name):
            near = closest(name, known.tools)
            return f"no tool is called `{name}`", f"write `{near}`" if near else "write the name of a tool"
    return None
