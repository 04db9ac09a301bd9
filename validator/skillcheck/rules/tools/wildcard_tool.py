"""Grant -> wildcard-tool."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK208", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/permissions")
def wildcard_tool(grant: Grant) -> Iterator[Told]:
    """A grant's tool name is a pattern.

    Claude Code takes a star only in the tool position of an MCP rule, as in mcp__server__*. Elsewhere the entry
    grants nothing.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Notebook*
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: mcp__forms__*
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if (
        grant.is_granted
        and "*" in grant.tool
        and not grant.malformed
        and not re.match(facts.tools().mcp_pattern, grant.tool)
    ):
        message = f"`{grant.text}` has a pattern for a tool's name, expected a name"
        yield Told(grant.place, message, "name each tool, or write `mcp__server__*`")
