"""Verdicts → what is printed: each survivor with its place and diff, then a figure for each operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.mutants.verdict import Fate, Verdict

NOTICED = (Fate.CAUGHT, Fate.TIMEOUT)


def survivors(verdicts: Sequence[Verdict]) -> str:
    """Return each survivor: where, by which operator, and the change; then what is equivalent and why."""
    shown = [_shown(verdict) for verdict in verdicts if verdict.fate is Fate.SURVIVED]
    reasons = [
        f"equivalent: {_place(verdict)} {verdict.mutant.operator}: {verdict.by}"
        for verdict in verdicts
        if verdict.fate is Fate.EQUIVALENT
    ]
    return "\n".join([*shown, *reasons, ""])


def table(verdicts: Sequence[Verdict], made: int) -> str:
    """Return the figures: mutants that count, those caught, by which stage, and the share of each operator."""
    counted = [verdict for verdict in verdicts if verdict.fate is not Fate.EQUIVALENT]
    operators = sorted({verdict.mutant.operator for verdict in counted})
    lines = [f"{'operator':20} {'mutants':>8} {'caught':>8} {'share':>8}"]
    lines += [_row(name, [each for each in counted if each.mutant.operator == name]) for name in operators]
    lines += [_row("all", counted), "", f"{made} mutants can be made, {len(verdicts)} were tried, {_kinds(verdicts)}"]
    stages = Counter(verdict.stage for verdict in counted if verdict.fate in NOTICED)
    return "\n".join([*lines, f"noticed by: {', '.join(f'{name} {count}' for name, count in stages.most_common())}"])


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    caught = sum(verdict.fate in NOTICED for verdict in verdicts)
    return f"{name:20} {len(verdicts):8} {caught:8} {caught / max(1, len(verdicts)):8.1%}"


def _kinds(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdict.fate for verdict in verdicts)
    return ", ".join(f"{counts[fate]} {fate}" for fate in Fate)


def _place(verdict: Verdict) -> str:
    return f"{verdict.mutant.unit.block.place.path}:{verdict.mutant.line}"


def _shown(verdict: Verdict) -> str:
    head = f"{_place(verdict)}: {verdict.mutant.operator} in {verdict.mutant.unit.snippet} survives"
    return "\n".join([head, *(f"    {line}" for line in _changed(verdict.mutant.diff)), ""])


def _changed(diff: str) -> Iterator[str]:
    return (line for line in diff.splitlines() if not line.startswith("@@"))
