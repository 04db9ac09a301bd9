"""Archive -> invalid-member-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive, FaultKind
from skillcheck.rules.rule import CLAUDE_AI, Told, rule


@rule("SK608", clients=CLAUDE_AI, source="https://github.com/anthropics/skills/issues")
def invalid_member_name(archive: Archive) -> Iterator[Told]:
    """A member's name holds a character that claude.ai refuses.

    claude.ai answers "Zip file contains path with invalid characters". Backslashes come from packing on Windows.
    """
    invalid = set(facts.upload().invalid_characters)
    unsafe = {fault.place for fault in archive.faults if fault.kind is FaultKind.UNSAFE_MEMBER}  # told by its own rule
    for file in archive.members:
        if file.place in unsafe:
            continue
        found = sorted(char for char in set(file.path) if char in invalid or not char.isprintable())
        if found:
            listed = " ".join(map(repr, found))
            yield Told(
                file.place,
                f"the name {file.path!r} holds {listed}",
                "name it with letters, digits, '-', '_' and '.', parted by '/'",
            )
