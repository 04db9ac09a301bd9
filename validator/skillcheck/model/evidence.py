"""The machine-readable proof that a packed skill carries, as read."""

from __future__ import annotations

from skillcheck.model.fault import Fault
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place
from skillcheck.model.program import Role
from skillcheck.model.result import Level


@dataclass(frozen=True, slots=True)
class Claim:
    """What evidence says of one block: the `index`th of the Markdown file `document`.

    `coverage` is the share of its statements that were executed, in percent; None where none could be.
    """

    document: str
    index: int
    role: Role
    level: Level
    place: Place
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """EVIDENCE.json of a skill.

    `claims` are empty where it could not be read. `tests` is how many tests of the skill passed, `pythons` the versions
    that the blocks ran on, `locks` the hashes of what was installed. `faults` say where it is not what its schema
    takes, and where the skill is not what it speaks of.
    """

    place: Place
    skillcheck: str = ""
    claims: tuple[Claim, ...] = ()
    tests: int = 0
    pythons: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
