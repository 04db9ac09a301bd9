"""Archive -> invalid-member-name."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck import facts
from skillcheck.model import Archive
from skillcheck.rules.rule import CLAUDE_AI, Told, rule
from skillcheck.rules.uploads import is_skills, unsafe


@rule("SK608", clients=CLAUDE_AI, source="https://github.com/ilyautov/humanizer-ru/issues/45")
def invalid_member_name(archive: Archive) -> Iterator[Told]:
    """A member's name holds a character that claude.ai refuses.

    claude.ai answers "Zip file contains path with invalid characters". Backslashes come from packing on Windows;
    letters beyond a to z are refused as well.
    """
    told = unsafe(archive)
    refused = facts.upload().refuses if is_skills(archive) else _is_no_name
    for file in archive.members:
        found = sorted(filter(refused, set(file.path)))
        if found and file.place not in told:
            listed = " ".join(map(repr, found))
            yield Told(
                file.place,
                f"the name {file.path!r} holds {listed}",
                "name it with letters from a to z, digits, '-', '_' and '.', parted by '/'",
            )


def _is_no_name(char: str) -> bool:
    """Return whether no path of a plugin may hold the character; letters may be of any alphabet there."""
    return char in facts.upload().invalid_characters or not char.isprintable()
