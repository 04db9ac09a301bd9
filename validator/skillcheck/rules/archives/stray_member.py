"""Archive -> stray-member."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive, Severity
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_stray, members, unsafe


@rule("SK610", severity=Severity.WARNING, clients=CLAUDE_AI)
def stray_member(archive: Archive) -> Iterator[Told]:
    """An archive holds a file that does not belong to a skill.

    Caches, repositories and secrets travel with the skill to everybody who installs it.
    """
    told = unsafe(archive)
    for file in members(archive, all_of_them=True):
        if file.place in told:
            continue
        stray = next((part for part in file.path.split("/") if is_stray(part)), None)
        if stray:
            yield Told(file.place, f"the archive holds {file.path}", f"leave out {stray}")
