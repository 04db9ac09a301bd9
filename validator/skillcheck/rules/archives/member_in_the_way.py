"""Archive -> member-in-the-way."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.uploads import members


@rule("SK623")
def member_in_the_way(archive: Archive) -> Iterator[Told]:
    """A member is a file where another one needs a folder.

    Nobody can unpack both.
    """
    paths = {file.path for file in archive.members}
    for file in members(archive):
        parts = file.path.rstrip("/").split("/")
        taken = next((path for end in range(1, len(parts)) if (path := "/".join(parts[:end])) in paths), None)
        if taken is not None:
            yield Told(file.place, f"{taken} is a file, and {file.path} needs a folder there", "rename one of them")
