"""Everything told: the waist between the stages and the reporters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from skillcheck.model.environment import Environment
from skillcheck.model.finding import About, Client, Finding, Severity
from skillcheck.model.lean import dataclass
from skillcheck.model.matrix import Cell
from skillcheck.model.result import Result, TestRun


@dataclass(frozen=True, slots=True)
class Packed:
    """A ZIP that was written: its path as shown, its size in bytes, its SHA-256 in hexadecimal, its member count."""

    skill: str
    path: str
    size: int
    sha256: str
    members: int


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of the command has to say.

    `verdicts` says for each client in a few words whether it takes the bundle. `notes` are lines that are neither a
    finding nor a result, such as what blocks were held by. `diffs` lead from generated files as they are to what they
    should be. `cells` are what proving the skills gave with other Pythons and releases. `about` says for each code what
    its rule is about.
    """

    skills: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    results: tuple[Result, ...] = ()
    tests: tuple[TestRun, ...] = ()
    environments: Mapping[str, Environment] = field(default_factory=dict)
    packed: tuple[Packed, ...] = ()
    verdicts: Mapping[Client, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    diffs: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    about: Mapping[str, About] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether anything is told at the level of an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
