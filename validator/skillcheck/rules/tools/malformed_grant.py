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
        yield Told(grant.place, message, "write a comma between the tools" if several else _fix(grant))


def _fix(grant: Grant) -> str:
    """Return what to write; brackets are left in a text that was meant as a list, and that YAML does not read."""
    is_list = grant.text.startswith("[") or grant.text.endswith("]")
    return "put each entry of the list in quotes" if is_list else "write it as `Tool` or `Tool(specifier)`"
