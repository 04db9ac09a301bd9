"""The executable file that a block is extracted to."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Snippet:
    """A file below `snippets/<skill>/`: its path there, its text, and the block it comes from."""

    path: str
    text: str
    place: Place


class DriftKind(StrEnum):
    """How a generated file on disk differs from the skill."""

    MISSING = "missing"
    STALE = "stale"
    ORPHAN = "orphan"
    MARKETPLACE = "marketplace"


@dataclass(frozen=True, slots=True)
class Drift:
    """One generated file that is not what the skill says; `place` is its block, or the file where no block has it."""

    kind: DriftKind
    path: str
    place: Place
    diff: str = ""
