"""What a site shows: skills, and for each what was found, measured and packed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from skillcheck.model import Cell, Client, Environment, Finding, Result, Severity, Skill, Snippet, TestRun, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """One skill.

    `archive` is the ZIP for claude.ai and `flat` the one with SKILL.md at its top, which discovery wants; `alone` is
    SKILL.md where the skill has no other file. Each is None where there is no such thing. `source` is the URL of its
    folder, `plugin` the name under which the marketplace lists it; what is not known is empty. `takers` are the clients
    whose verdict is that they take it; `cells` are what other Pythons and releases gave.
    """

    skill: Skill
    units: tuple[Unit, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    findings: tuple[Finding, ...] = ()
    verdicts: Mapping[Client, str] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    tests: tuple[TestRun, ...] = ()
    environment: Environment | None = None
    archive: bytes | None = None
    flat: bytes | None = None
    alone: bytes | None = None
    author: str = ""
    category: str = ""
    keywords: tuple[str, ...] = ()
    version: str = ""
    source: str = ""
    plugin: str = ""
    takers: frozenset[Client] = frozenset()
    cells: tuple[Cell, ...] = ()

    @property
    def errors(self) -> int:
        """How many errors were found."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Listing:
    """The site as a whole; `marketplace` is the name under which Claude Code installs from the repository."""

    entries: tuple[Entry, ...]
    title: str = "Skills"
    description: str = ""
    repository: str = ""
    marketplace: str = ""
    skillcheck: str = ""
