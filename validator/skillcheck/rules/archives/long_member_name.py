"""Archive -> long-member-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.uploads import members

SHOWN = 40


@rule("SK624")
def long_member_name(archive: Archive) -> Iterator[Told]:
    """A member's name is longer than a file's can be.

    No common file system can hold the file, so that unpacking fails.
    """
    limit = facts.upload().longest_part
    for file in members(archive):
        longest = max(file.path.split("/"), key=_size)
        if _size(longest) > limit:
            message = f"the name {longest[:SHOWN]}… has {_size(longest)} bytes, a file's has at most {limit}"
            yield Told(file.place, message, "give it a shorter name")


def _size(part: str) -> int:
    return len(part.encode("utf-8", "surrogatepass"))
