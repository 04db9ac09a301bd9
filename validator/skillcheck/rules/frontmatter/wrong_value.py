"""Frontmatter -> wrong-value."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Frontmatter
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.shape import complaints


@rule("SK106", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/skills")
def wrong_value(frontmatter: Frontmatter) -> Iterator[Told]:
    """A field's value is none that the client knows.

    Claude Code ignores such a value and goes on with its default. What was asked for does not happen.
    """
    for complaint in complaints("skill-frontmatter", frontmatter.data):
        if complaint.keyword != "type":
            yield complaint.told
