"""Skill -> nested-skill-file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule(
    "SK410",
    severity=Severity.WARNING,
    clients=CLAUDE_AI,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview",
)
def nested_skill_file(skill: Skill) -> Iterator[Told]:
    """A skill holds another skill's SKILL.md.

    claude.ai answers "Zip must contain exactly one SKILL.md file". Claude Code does not load the inner one.
    """
    for file in skill.files:
        if file.path != "SKILL.md" and posixpath.basename(file.path) == "SKILL.md":
            yield Told(
                file.place,
                f"{file.path} is a second SKILL.md in the skill",
                "move it to a folder beside the skill, or rename it",
            )
