"""Grant -> foreign-tool."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK203", severity=Severity.NOTE, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/tools-reference")
def foreign_tool(grant: Grant) -> Iterator[Told]:
    """A granted tool is another agent's.

    Claude Code has no tool of that name, so the entry grants nothing there. It does no harm to a skill that
    serves several agents.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: run_in_terminal
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Bash(ls *)
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    agent = facts.tools().foreign.get(grant.tool)
    if agent and not grant.malformed:
        yield Told(
            grant.place,
            f"`{grant.tool}` is a tool of {agent}, Claude Code has none of that name",
            "add Claude Code's own tool",
        )
