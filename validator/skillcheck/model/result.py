"""What one run of a program gave."""

from __future__ import annotations

from dataclasses import field
from enum import IntEnum, StrEnum

from skillcheck.model.document import Block
from skillcheck.model.expectation import Mismatch
from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place
from skillcheck.model.program import Unit


class Level(IntEnum):
    """How far a block is proven; each level includes those before it."""

    SHOWN = 0
    PARSED = 1
    RESOLVED = 2
    RAN = 3
    COVERED = 4

    def __str__(self) -> str:
        """Lower-case name, as reports write it."""
        return self.name.lower()


class Outcome(StrEnum):
    """How the proof of a block ended."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    ERROR = "error"


class CauseKind(StrEnum):
    """Why a block did not pass; each kind is told by one rule."""

    SYNTAX = "syntax"
    UNBOUND_NAME = "unbound-name"
    MISSING_MODULE = "missing-module"
    MISSING_ATTRIBUTE = "missing-attribute"
    UNDECLARED = "undeclared-requirement"
    EXCEPTION = "exception"
    EXPECTED_EXCEPTION = "expected-exception"
    TIMEOUT = "timeout"
    LIMIT = "limit"
    NETWORK = "network"
    SIGNAL = "signal"
    EXIT = "exit"
    BLOCKED = "blocked"
    ENVIRONMENT = "environment"
    OUTPUT = "output"
    INTERPRETER = "interpreter"
    CACHE = "cache"
    NOT_INSTALLED = "not-installed"
    NOT_AWAITED = "not-awaited"
    SURROUNDINGS = "surroundings"


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, at its place in the Markdown; `fact` and `remedy` read as in a finding."""

    kind: CauseKind
    place: Place
    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The executable lines of a block, by their Markdown numbers."""

    executed: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()

    @property
    def percent(self) -> float:
        """Share of the executable lines that were executed, 100.0 where there are none."""
        total = len(self.executed) + len(self.missing)
        return 100.0 if total == 0 else 100.0 * len(self.executed) / total


@dataclass(frozen=True, slots=True)
class Result:
    """How far one block was proven.

    `causes` are empty exactly if the outcome is `passed` or `skipped`; `reason` says why a block was only shown or
    stopped below its level. `duration` is in seconds; `output` is what the program wrote, cut to its last 64 KiB.
    `mismatches` are what the block says that it prints and does not; those that are no failure have no cause.
    """

    skill: str
    unit: Unit
    level: Level
    outcome: Outcome
    causes: tuple[Cause, ...] = ()
    reason: str = ""
    duration: float = 0.0
    coverage: Coverage | None = None
    output: str = ""
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def block(self) -> Block:
        """The block that was proven."""
        return self.unit.block


class TestOutcome(StrEnum):
    """How one test of a skill ended, in pytest's words."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class TestFailure:
    """A test that did not pass, with the last lines of what pytest said of it."""

    name: str
    outcome: TestOutcome
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class TestRun:
    """One pytest session over a skill's tests.

    `error` says why the session itself could not run, empty if it could.
    """

    skill: str
    place: Place
    passed: int = 0
    skipped: int = 0
    failures: tuple[TestFailure, ...] = field(default=())
    duration: float = 0.0
    error: str = ""
