"""Injection -> command-at-loading."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Injection, Severity
from skillcheck.rules.commands import is_granted
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK423",
    severity=Severity.NOTE,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#inject-dynamic-context",
)
def command_at_loading(injection: Injection) -> Iterator[Told]:
    """A command runs when the skill is loaded.

    Claude Code runs what stands in backquotes behind a `!`, and shows Claude the output in its place. Every other
    client shows the command itself, and nobody is asked before it runs.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Status: !`git status`
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `git status` first.
    ```
    """
    if is_granted(injection.command, injection.grants):
        message = f"`{injection.command[:60]}` runs when Claude Code loads the file, other clients show it as text"
        yield Told(injection.place, message, "keep it for Claude Code alone, or say in words what to run")
