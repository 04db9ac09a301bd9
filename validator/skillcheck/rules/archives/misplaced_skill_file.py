"""Archive -> misplaced-skill-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_upload, skill_files


@rule("SK606", clients=CLAUDE_AI, source="https://github.com/anthropics/claude-code/issues/92902")
def misplaced_skill_file(archive: Archive) -> Iterator[Told]:
    """SKILL.md is not directly in the archive's top folder.

    claude.ai answers "SKILL.md file must be in the top-level folder, not nested deeper".
    """
    found = skill_files(archive)
    if is_upload(archive) and len(found) == 1 and found[0].count("/") != 1:
        message = f"SKILL.md lies at {found[0]}, expected exactly one folder above it"
        yield Told(archive.place, message, "pack the skill's own folder, and nothing around it")
