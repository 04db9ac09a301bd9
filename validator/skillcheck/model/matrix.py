"""What proving a skill gave with other Pythons and other releases than the usual ones."""

from __future__ import annotations

from enum import StrEnum

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place
from skillcheck.model.result import Outcome, Result, TestRun


class Releases(StrEnum):
    """Which releases of what a skill declares are installed: the lowest that it admits, of its lock, or the newest."""

    LOWEST = "lowest"
    LOCKED = "locked"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Cell:
    """One skill with one Python and one choice of releases.

    `python` is the version as in `3.11.7`, `lock` what was installed as `name==version`; `error` says why it could not
    be, empty if it was. `known` are the places that proving it the usual way tells of as well.
    """

    skill: str
    place: Place
    python: str
    releases: Releases
    lock: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    tests: tuple[TestRun, ...] = ()
    error: str = ""
    known: frozenset[Place] = frozenset()

    @property
    def failed(self) -> bool:
        """Whether something did not pass, or could not be tried."""
        blocks = any(result.outcome not in {Outcome.PASSED, Outcome.SKIPPED} for result in self.results)
        return bool(self.error) or blocks or any(run.error or run.failures for run in self.tests)
