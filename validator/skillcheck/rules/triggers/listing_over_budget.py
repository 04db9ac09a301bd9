"""Bundle -> listing-over-budget."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Bundle, Severity, Skill
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.triggering import entry, is_chosen


@rule(
    "SK311",
    severity=Severity.NOTE,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#skill-descriptions-are-cut-short",
)
def listing_over_budget(bundle: Bundle) -> Iterator[Told]:
    """The skills of one folder do not fit into Claude Code's list.

    All skills together have 1 % of the context, 8,000 characters at 200,000 tokens. Beyond it skills are listed by
    their bare names, and nothing says when to use them.
    """
    known = facts.frontmatter()
    groups: defaultdict[str, list[Skill]] = defaultdict(list)
    for skill in bundle.skills:
        if is_chosen(skill) and skill.location:
            groups[posixpath.dirname(skill.path)].append(skill)
    for folder, skills in groups.items():
        length = 0
        for skill in skills:
            length += min(len(entry(skill)), known.listing_limit)
            if length > known.listing_budget:
                total = sum(min(len(entry(each)), known.listing_limit) for each in skills)
                message = (
                    f"the {len(skills)} skills of {folder or '.'} take {total:,} characters of Claude Code's list, "
                    f"which has {known.listing_budget:,}; from this one on they may be listed by name alone"
                )
                fix = "shorten the descriptions, or split the skills into plugins that are installed one by one"
                yield Told(skill.frontmatter.data.place("description"), message, fix)
                break
