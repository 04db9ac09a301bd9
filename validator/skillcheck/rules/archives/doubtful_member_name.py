"""Archive -> doubtful-member-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive, Severity
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_skills, members


@rule(
    "SK621",
    severity=Severity.WARNING,
    clients=CLAUDE_AI,
    source="https://github.com/AgriciDaniel/claude-ads/issues/51",
)
def doubtful_member_name(archive: Archive) -> Iterator[Told]:
    """A member's name holds a space or an ampersand.

    claude.ai has refused archives, for "path with invalid characters", in which nothing else could be meant.
    """
    doubtful = facts.upload().doubtful_characters
    for file in members(archive) if is_skills(archive) else ():
        found = [char for char in doubtful if char in file.path]
        if found:
            message = f"the name {file.path!r} holds {' and '.join(map(repr, found))}, which claude.ai may refuse"
            yield Told(file.place, message, "put a hyphen in its place")
