"""Injection -> ungranted-injection."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Injection, Severity
from skillcheck.rules.commands import is_granted
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK211",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#inject-dynamic-context",
)
def ungranted_injection(injection: Injection) -> Iterator[Told]:
    """A command that runs at loading is not granted.

    Claude Code asks for permission before it runs a command that changes something. Where nobody can be asked, the
    skill is not loaded; `allowed-tools` gives the permission.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Forms: !`pdftk form.pdf dump_data`
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Read the fields with pdftk.
    ```
    """
    if not is_granted(injection.command, injection.grants):
        message = f"`{injection.command[:60]}` runs when the file is loaded, and no grant covers it"
        program = next(iter(injection.command.split()), "")
        yield Told(injection.place, message, f"add `Bash({program} *)` to `allowed-tools`")
