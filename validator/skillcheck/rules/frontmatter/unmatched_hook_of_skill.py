"""Frontmatter -> unmatched-hook-of-skill."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter, Severity
from skillcheck.rules.matchers import wrong_matcher
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule(
    "SK130",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/hooks#hooks-in-skills-and-agents",
)
def unmatched_hook_of_skill(frontmatter: Frontmatter) -> Iterator[Told]:
    """A matcher in the `hooks` of a skill matches nothing.

    While the skill is active, Claude Code compares it with the name of the tool, letter by letter or as a pattern. A
    rule as in `Bash(git *)` is none, and neither is a name in other letters: the hook never runs.
    """
    events = frontmatter.data.at("hooks")
    for event in events if isinstance(events, dict) else ():
        found = frontmatter.data.at("hooks", event)
        for index in range(len(found) if isinstance(found, list) else 0):
            text = frontmatter.data.at("hooks", event, index, "matcher")
            told = wrong_matcher(event, text) if isinstance(text, str) else None
            if told:
                yield Told(frontmatter.data.place("hooks", event, index, "matcher"), *told)
