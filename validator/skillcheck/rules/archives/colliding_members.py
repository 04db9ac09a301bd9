"""Archive -> colliding-members."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive, Severity
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.uploads import members


@rule("SK622", severity=Severity.WARNING)
def colliding_members(archive: Archive) -> Iterator[Told]:
    """Two members are one file where case is not told apart.

    On macOS and Windows the second takes the place of the first.
    """
    known: dict[str, str] = {}
    for file in members(archive):
        first = known.setdefault(file.path.casefold(), file.path)
        if first != file.path:
            message = f"{first} and {file.path} are one name where case is not told apart"
            yield Told(file.place, message, "rename one of them")
