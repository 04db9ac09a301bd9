"""What one call asks for: which stages, and what it adds to the configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from skillcheck.model import Drift, Environment, Fault, Report, Result, TestRun


class Extraction(StrEnum):
    """What is to be done with generated files: the snippets, or the marketplace."""

    LEAVE = "leave"
    CHECK = "check"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Stages:
    """Which stages are wanted."""

    check: bool = True
    extraction: Extraction = Extraction.LEAVE
    listing: Extraction = Extraction.LEAVE
    run: bool = False
    pack: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What one call adds to the configuration, and whom to tell of its progress.

    `requirements` are PEP 508, `python` is what uv takes as a version request, `jobs` how many blocks are run at a time
    (0 for one a core), `cached` whether what was measured before under the same key may stand for a run, `installs`
    whether what is required is installed. `tell` is for lines that are to stay.
    """

    requirements: tuple[str, ...] = ()
    python: str | None = None
    jobs: int = 0
    cached: bool = True
    installs: bool = True
    say: Callable[[str], None] = lambda _: None
    tell: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Part:
    """What one stage has to say of one skill; parts add up."""

    faults: tuple[Fault, ...] = ()
    drifts: tuple[Drift, ...] = ()
    results: tuple[Result, ...] = ()
    tests: tuple[TestRun, ...] = ()
    environments: dict[str, Environment] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __add__(self, other: Part) -> Part:
        """Return both parts as one."""
        return Part(
            self.faults + other.faults,
            self.drifts + other.drifts,
            self.results + other.results,
            self.tests + other.tests,
            self.environments | other.environments,
            self.notes + other.notes,
        )

    @property
    def nodes(self) -> tuple[object, ...]:
        """What rules can judge in it."""
        return (*self.faults, *self.drifts, *self.results, *self.tests)

    def added_to(self, report: Report) -> Report:
        """Return `report` with this part's results, tests, environments, notes and diffs."""
        return Report(
            report.skills,
            report.findings,
            report.results + self.results,
            report.tests + self.tests,
            {**report.environments, **self.environments},
            report.packed,
            report.verdicts,
            report.notes + self.notes,
            report.diffs + tuple(drift.diff for drift in self.drifts if drift.diff),
        )
