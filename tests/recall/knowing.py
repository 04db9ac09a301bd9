"""What the tests of recalled calls share: a skill, a call, a file that is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from skillcheck.recall import Call

SKILL = "---\nname: demo\ndescription: Shows things. Use when things have to be shown.\n---\n\n# Demo\n\nText.\n"
Change = Callable[[Path], object]


def of(*words: str, command: str = "check") -> Call:
    """Return the call of a command with these words, which is to be known."""
    call = Call.of(command, words)
    assert call
    return call


def written(path: str, text: str = "x") -> Change:
    """Return what writes a file of the project."""

    def write(here: Path) -> None:
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_text(text)

    return write
