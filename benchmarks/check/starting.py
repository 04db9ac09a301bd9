"""What it costs to start: the interpreter alone, and the command that does the least."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.blocks.measure import measure

DEADLINE = 60.0


def starting(rounds: int, variables: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return a table of starts in milliseconds, medians of calls in turns, with what each costs over the bare one."""
    commands = {"bare python": ("-c", ""), "skillcheck --version": ("-m", "skillcheck", "--version")}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(4 * rounds):
        for name, arguments in commands.items():
            spent[name].append(measure([sys.executable, *arguments], Path(), variables, DEADLINE).wall)
    medians = {name: 1000 * statistics.median(taken) for name, taken in spent.items()}
    return [("start", "ms", "over bare"), *_lines(medians)]


def _lines(medians: Mapping[str, float]) -> Sequence[tuple[str, ...]]:
    bare = medians["bare python"]
    return [(name, f"{taken:.1f}", f"{taken - bare:.1f}") for name, taken in medians.items()]
