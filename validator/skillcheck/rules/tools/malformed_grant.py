"""Grant -> malformed-grant."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Grant, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import visible


@rule("SK201", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/skills")
def malformed_grant(grant: Grant) -> Iterator[Told]:
    """An entry of allowed-tools cannot be parsed.

    Claude Code drops the entry without a word, and asks for a permission that the author thought given. No other
    validator looks at it.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Bash(git status
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Read Bash(git status)
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    if grant.malformed and not grant.text:  # nothing is lost with it
        yield Told(grant.place, grant.malformed, "remove it, or name a tool", severity=Severity.WARNING)
    elif grant.malformed:
        message = f"`{visible(grant.text)}` cannot be parsed: {grant.malformed}"
        several = any(map(str.isspace, grant.tool))
        fix = "write a comma between the tools" if several else "write it as `Tool` or `Tool(specifier)`"
        yield Told(grant.place, message, fix)
