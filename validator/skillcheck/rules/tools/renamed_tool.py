"""Grant -> renamed-tool."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Grant, Severity
from skillcheck.rules.grants import renamed
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK205", severity=Severity.NOTE, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/tools-reference")
def renamed_tool(grant: Grant) -> Iterator[Told]:
    """A granted tool has a new name.

    The old name still works as an alias. Readers who look it up will not find it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Task
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Agent
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    tool = facts.tools().tools.get(grant.tool)
    if tool and tool.status == "alias" and not grant.malformed:
        message = f"the tool {tool.name!r} is now called {tool.replacement!r}"
        edits = renamed(grant, tool.replacement)
        yield Told(grant.place, message, f"write `{tool.replacement}`", edits)
