"""Skill -> long-body."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Place, Severity, Skill
from skillcheck.rules.lines import lines
from skillcheck.rules.rule import Told, rule

_LINES = 500


@rule(
    "SK409",
    severity=Severity.NOTE,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/best-practices",
)
def long_body(skill: Skill) -> Iterator[Told]:
    """SKILL.md is long.

    All of it is read whenever the skill is used. Anthropic advises 500 lines, and files of reference that are
    read when they are needed.
    """
    for document in skill.documents[:1]:
        count = len(lines(document)) - document.body_line
        if count > _LINES:
            message = f"the body of SKILL.md has {count} lines, at most {_LINES} are advised"
            yield Told(Place(document.path, document.body_line), message, "move details to files in `references/`")
