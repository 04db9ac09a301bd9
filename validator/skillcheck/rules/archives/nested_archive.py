"""Archive -> nested-archive."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_skills, members


@rule("SK620", clients=CLAUDE_AI, source="https://github.com/microsoft/markitdown/discussions/2548")
def nested_archive(archive: Archive) -> Iterator[Told]:
    """An archive holds another archive.

    claude.ai answers "Zip cannot contain nested zip files".
    """
    for file in members(archive) if is_skills(archive) else ():
        if file.path.lower().endswith(facts.upload().nested):
            message = f"the archive holds the archive {file.path}"
            yield Told(file.place, message, "put what it holds into a folder, or leave it out")
