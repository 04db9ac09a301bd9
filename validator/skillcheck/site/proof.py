"""A block and its result → what the page says of its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from skillcheck.model import Cell, Environment, Level, Outcome, Result, Role, Unit

MEANING = {
    "covered": "every statement was executed, all data read",
    "ran": "executed to its end",
    "resolved": "every name and import exists",
    "parsed": "its language's parser accepts it",
    "shown": "shown only, not proven",
    "failed": "does not do what it is meant to",
    "unproven": "nobody has run it yet",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """The badge of a block: `level` is a key of MEANING, `details` what was measured, `reason` why no more."""

    level: str
    details: tuple[str, ...] = ()
    reason: str = ""

    @property
    def meaning(self) -> str:
        """What the level stands for, in a few words."""
        return MEANING[self.level]


def proof(unit: Unit, result: Result | None, environment: Environment | None) -> Proof:
    """Return what is known of a block."""
    if result is None:
        return Proof("shown", (), f"only shown: {unit.reason}") if unit.role is Role.SHOWN else Proof("unproven")
    reason = "; ".join(cause.fact for cause in result.causes) or result.reason
    if result.level is Level.SHOWN and result.outcome is Outcome.SKIPPED:
        reason = f"only shown: {reason}"
    return Proof(_level(result), tuple(_details(unit, result, environment)), reason)


def share(results: Sequence[Result]) -> tuple[tuple[str, int], ...]:
    """Return how many blocks have each badge, the best first, without those that none has."""
    counted = Counter(_level(result) for result in results)
    return tuple((level, counted[level]) for level in MEANING if counted[level])


def outcome(cell: Cell) -> str:
    """Return what other Pythons and releases gave, in a few words."""
    if cell.error:
        return "cannot be installed"
    blocks = sum(each.outcome not in {Outcome.PASSED, Outcome.SKIPPED} for each in cell.results)
    tests = sum(len(run.failures) + bool(run.error) for run in cell.tests)
    passed = sum(run.passed for run in cell.tests)
    return f"{blocks + tests} failed" if blocks + tests else f"{len(cell.results)} + {passed}"


def _level(result: Result) -> str:
    return str(result.level) if result.outcome in {Outcome.PASSED, Outcome.SKIPPED} else "failed"


def _details(unit: Unit, result: Result, environment: Environment | None) -> list[str]:
    if result.level < Level.RAN:
        return []
    python = environment.version if environment and unit.language == "python" else ""
    covered = [f"{result.coverage.percent:.0f} % of its lines"] if result.coverage else []
    version = [f"Python {python}"] if python else []
    return [*covered, *version, f"{result.duration * 1000:,.0f} ms"]
