"""Archive -> oversized-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_upload


@rule("SK609", clients=CLAUDE_AI, source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview")
def oversized_archive(archive: Archive) -> Iterator[Told]:
    """An archive is larger than claude.ai takes.

    The upload is refused. What counts are all files together, however small they are packed.
    """
    limit = facts.upload().max_bytes
    inside = sum(file.size for file in archive.members)
    if archive.size > limit:
        message = f"the archive has {archive.size:,} bytes, at most {limit:,} are taken"
        yield Told(archive.place, message, "leave out what the skill does not read")
    elif inside > limit and is_upload(archive):
        message = f"the files in the archive have {inside:,} bytes together, at most {limit:,} are taken"
        yield Told(archive.place, message, "leave out what the skill does not read")
