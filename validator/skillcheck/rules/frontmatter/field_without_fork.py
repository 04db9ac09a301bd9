"""Frontmatter -> field-without-fork."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter, Severity
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_OF_FORKS = {"agent": str, "background": bool}


@rule(
    "SK119",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#run-skills-in-a-subagent",
)
def field_without_fork(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field has no effect, for the skill does not run in an agent of its own.

    `agent` and `background` say how Claude Code runs a skill with `context: fork`. Without it they are not asked for.
    """
    fields = frontmatter.data.mapping()
    for name, kind in _OF_FORKS.items() if "context" not in fields else ():
        if isinstance(fields.get(name), kind):
            message = f"`{name}` has no effect without `context: fork`"
            yield Told(frontmatter.data.key_place(name), message, f"add `context: fork`, or remove `{name}`")
