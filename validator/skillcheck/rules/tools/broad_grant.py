"""Grant -> broad-grant."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Grant, Severity
from skillcheck.rules.grants import opens_the_shell, runs_any
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK209", severity=Severity.NOTE, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/permissions")
def broad_grant(grant: Grant) -> Iterator[Told]:
    """Every command is granted.

    While the skill is active, Claude runs any command without asking. A prefix says which ones the skill needs.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Bash
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    allowed-tools: Bash(pdftk *)
    ---

    # PDF forms

    Fill each field by its name.
    ```
    """
    behind = runs_any(grant.tool, grant.specifier)
    if (behind or opens_the_shell(grant.tool, grant.specifier)) and grant.is_granted and not grant.malformed:
        yield Told(
            grant.place,
            f"`{grant.text}` grants every command" + (", behind another that runs it" if behind else ""),
            "grant the commands it needs, as in `Bash(git status *)`",
        )
