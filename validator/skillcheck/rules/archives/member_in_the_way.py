"""Archive -> member-in-the-way."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator

from skillcheck.model import Archive
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.uploads import members


@rule("SK623")
def member_in_the_way(archive: Archive) -> Iterator[Told]:
    """A member is a file where another one needs a folder.

    Nobody can unpack both.
    """
    blocking = sorted(_blocking([file.path for file in archive.members]), key=len)
    for file in members(archive) if blocking else ():
        taken = next((path for path in blocking if file.path.rstrip("/").startswith(f"{path}/")), None)
        if taken is not None:
            yield Told(file.place, f"{taken} is a file, and {file.path} needs a folder there", "rename one of them")


def _blocking(paths: Collection[str]) -> Iterator[str]:
    """Yield the paths that others begin with as with a folder; a path may have as many parts as fit into 64 KiB."""
    ordered = sorted(paths)
    for path in set(paths):
        behind = bisect_left(ordered, f"{path}/")
        if behind < len(ordered) and ordered[behind].startswith(f"{path}/"):
            yield path
