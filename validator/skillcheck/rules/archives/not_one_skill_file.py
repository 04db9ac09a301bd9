"""Archive -> not-one-skill-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_upload, members, skill_files


@rule("SK605", clients=CLAUDE_AI, source="https://github.com/obra/superpowers/issues/1135")
def not_one_skill_file(archive: Archive) -> Iterator[Told]:
    """An archive does not hold exactly one SKILL.md.

    claude.ai answers "Zip must contain exactly one SKILL.md file". Several skills need several archives.
    """
    found = skill_files(archive)
    if is_upload(archive) and len(found) != 1:
        listed = f": {', '.join(found[:5])}" if found else ""
        message = f"the archive holds {len(found)} SKILL.md, expected exactly one{listed}"
        other = next((file for file in members(archive) if file.path.rpartition("/")[2].lower() == "skill.md"), None)
        if found or other is None:
            yield Told(archive.place, message, "pack each skill into an archive of its own")
        else:
            yield Told(other.place, f"{message}; {other.path} is written in other letters", "name the file SKILL.md")
