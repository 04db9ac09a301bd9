"""Skill -> nested-skill-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule(
    "SK410",
    clients=CLAUDE_AI,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview",
)
def nested_skill_file(skill: Skill) -> Iterator[Told]:
    """A skill holds another skill's SKILL.md.

    claude.ai answers "Zip must contain exactly one SKILL.md file". Claude Code does not load the inner one. In a
    plugin, a marketplace or below `.claude`, from where nobody uploads a skill, this is a warning.
    """
    if not skill.location:  # of an archive it is told by the rule that counts them
        return
    inner = [file for file in skill.files if file.path.endswith("/SKILL.md")]
    if inner:
        level = Severity.WARNING if skill.for_claude_code else None
        more = f" and {len(inner) - 1} more" if inner[1:] else ""
        message = f"the skill holds a second SKILL.md: {inner[0].path}{more}"
        yield Told(inner[0].place, message, "move it to a folder beside the skill, or rename it", severity=level)
