"""What one call asks for: which stages, and what it adds to the configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from skillcheck.disk import Cache, Grounds
from skillcheck.model import Cell, Drift, Environment, Fault, Lock, Releases, Report, Result, TestRun


class Extraction(StrEnum):
    """What is to be done with generated files: the snippets, or the marketplace."""

    LEAVE = "leave"
    CHECK = "check"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Stages:
    """Which stages are wanted; `suffix` is what the packed ZIPs end with, `skill` or `zip`."""

    check: bool = True
    extraction: Extraction = Extraction.LEAVE
    listing: Extraction = Extraction.LEAVE
    run: bool = False
    pack: bool = False
    suffix: str = "zip"


@dataclass(frozen=True, slots=True)
class Settings:
    """What one call adds to the configuration, and whom to tell of its progress.

    `requirements` are PEP 508, `python` is what uv takes as a version request, `jobs` how many blocks are run at a time
    (0 for one a core), `releases` which of those that the requirements admit, `lock` what those of a lock are, `matrix`
    whether all Pythons and releases are tried besides, `cached` whether what was measured before under the same key may
    stand for a run, `results` where that is kept if not in the user's cache, `update` whether what is printed is to be
    written where a block says something else, `installs` whether what is required is installed, `grounds` are told of
    what the answer rests on. `tell` is for lines that are to stay.
    """

    requirements: tuple[str, ...] = ()
    python: str | None = None
    jobs: int = 0
    releases: Releases = Releases.NEWEST
    lock: Lock | None = None
    matrix: bool = False
    cached: bool = True
    results: Cache | None = None
    update: bool = False
    installs: bool = True
    grounds: Grounds | None = None
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
    cells: tuple[Cell, ...] = ()
    diffs: tuple[str, ...] = ()

    def __add__(self, other: Part) -> Part:
        """Return both parts as one."""
        return Part(
            self.faults + other.faults,
            self.drifts + other.drifts,
            self.results + other.results,
            self.tests + other.tests,
            self.environments | other.environments,
            self.notes + other.notes,
            self.cells + other.cells,
            self.diffs + other.diffs,
        )

    @property
    def nodes(self) -> tuple[object, ...]:
        """What rules can judge in it."""
        return (*self.faults, *self.drifts, *self.results, *self.tests, *self.cells)

    def added_to(self, report: Report) -> Report:
        """Return `report` with this part's results, tests, environments, notes and diffs."""
        return replace(
            report,
            results=report.results + self.results,
            tests=report.tests + self.tests,
            environments={**report.environments, **self.environments},
            notes=report.notes + self.notes,
            cells=report.cells + self.cells,
            diffs=report.diffs + self.diffs + tuple(drift.diff for drift in self.drifts if drift.diff),
        )
