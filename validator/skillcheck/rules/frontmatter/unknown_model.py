"""Skill -> unknown-model."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.models import wrong_model
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK118",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#frontmatter-reference",
)
def unknown_model(skill: Skill) -> Iterator[Told]:
    """The skill asks for a model that Claude Code does not have.

    It works with models of Claude alone, by a short name or the full one. With another name the skill fails when it is
    called.
    """
    wrong = wrong_model(skill.frontmatter.data.mapping().get("model"))
    if wrong:
        yield Told(skill.frontmatter.data.place("model"), *wrong)
