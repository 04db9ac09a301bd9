"""A fault -> the clients that read the file it is of."""

from __future__ import annotations

from pathlib import PurePosixPath

from skillcheck.model import Client, Fault
from skillcheck.rules.rule import ALL, CLAUDE_CODE

_SKILL = "SKILL.md"
_OF_WHOLE_SKILL = tuple(client for client in ALL if client not in {Client.GH, Client.NPX_SKILLS})
"""Who reads what lies beside SKILL.md too: the others look for a skill's name and description alone."""


def readers(fault: Fault) -> tuple[Client, ...]:
    """Return who reads the file of a fault."""
    if fault.of_plugin:
        return CLAUDE_CODE
    return ALL if PurePosixPath(fault.place.path).name == _SKILL else _OF_WHOLE_SKILL
