"""Skill -> listing-cut."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule


@rule("SK305", severity=Severity.WARNING, clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/skills")
def listing_cut(skill: Skill) -> Iterator[Told]:
    """Claude Code cuts the skill's entry in its list.

    Claude sees each skill as one entry of at most 1,536 characters. What stands behind them never triggers it.
    """
    data, known = skill.frontmatter.data.mapping(), facts.frontmatter()
    parts = [part for key in ("description", "when_to_use") if isinstance(part := data.get(key), str) and part]
    listed = known.listing_separator.join(parts)
    if len(listed) > known.listing_limit:
        cut = listed[known.listing_limit :].strip()[:40]
        message = (
            f"description and when_to_use have {len(listed)} characters, Claude Code lists {known.listing_limit} "
            f"and cuts off what begins with {cut!r}"
        )
        place = skill.frontmatter.data.place("description")
        yield Told(place, message, "shorten them, with what triggers the skill first")
