"""Archive -> oversized-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK609", clients=CLAUDE_AI, source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview")
def oversized_archive(archive: Archive) -> Iterator[Told]:
    """An archive is larger than claude.ai takes.

    The upload is refused.
    """
    limit = facts.upload().max_bytes
    if archive.size > limit:
        message = f"the archive has {archive.size:,} bytes, at most {limit:,} are taken"
        yield Told(archive.place, message, "leave out what the skill does not read")
