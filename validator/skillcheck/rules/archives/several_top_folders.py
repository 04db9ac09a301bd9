"""Archive -> several-top-folders."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_upload, members


@rule("SK604", clients=CLAUDE_AI, source="https://github.com/anthropics/claude-code/issues/92902")
def several_top_folders(archive: Archive) -> Iterator[Told]:
    """An archive does not hold exactly one top folder.

    claude.ai answers "Zip must contain exactly one top-level folder".
    """
    tops = sorted({file.path.partition("/")[0] for file in members(archive)})
    if is_upload(archive) and len(tops) > 1:
        shown = ", ".join(tops[:5])
        message = f"the archive holds {len(tops)} files and folders at its top, expected one folder: {shown}"
        yield Told(archive.place, message, "put all files into one folder that is named as the skill")
