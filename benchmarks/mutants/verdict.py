"""What became of a mutant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from benchmarks.mutants.mutate import Mutant


class Fate(StrEnum):
    """How a mutant ended. One that does not end within its time is noticed, since `skillcheck run` tells of that."""

    CAUGHT = "caught"
    TIMEOUT = "timeout"
    SURVIVED = "survived"
    EQUIVALENT = "equivalent"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant's fate: the stage and what in it noticed the mistake, or why nothing needs to, or how much was tried."""

    mutant: Mutant
    fate: Fate
    stage: str = ""
    by: str = ""
