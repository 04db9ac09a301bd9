"""Tools and a folder → what each cost, called in turns so that a noisy minute hits all alike."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.blocks.measure import MEBIBYTE, Cost, measure
from benchmarks.check.tools import Tool

DEADLINE = 900.0
"""Seconds after which a tool is ended, and told of as such."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a tool cost: medians of wall and CPU seconds, the shortest and longest wall time, peaks of memory in MiB.

    `largest` is the memory of the largest process in any round, `all` that of all processes together, sampled once.
    """

    tool: Tool
    wall: float
    spread: tuple[float, float]
    cpu: float
    largest: float
    all: float
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the tools are called, with which variables, how often, and to whom it is said how far it is."""

    work: Path
    cache: Path
    rounds: int
    say: Callable[[str], None]

    def variables(self) -> Mapping[str, str]:
        """Return the environment of every tool."""
        return {**os.environ, "SKILLCHECK_CACHE": str(self.cache), "NO_COLOR": "1"}


def compare(tools: Sequence[Tool], folder: Path, setting: Setting) -> list[Row]:
    """Call each tool once for its memory, which fills caches too, then `rounds` times in turns; return the rows."""
    sampled = {tool: called(tool, folder, setting, "memory", sampled=True) for tool in tools}
    costs: dict[Tool, list[Cost]] = {tool: [] for tool in tools}
    for turn in range(setting.rounds):
        first = turn % len(tools)
        for tool in (*tools[first:], *tools[:first]):
            costs[tool].append(called(tool, folder, setting, f"round {turn + 1}"))
    return [row(tool, sampled[tool], costs[tool]) for tool in tools]


def called(tool: Tool, folder: Path, setting: Setting, what: str, *, sampled: bool = False) -> Cost:
    """Call a tool once."""
    setting.say(f"{folder.name}, {what}: {tool.name}")
    return measure([*tool.command, str(folder)], setting.work, setting.variables(), DEADLINE, sampled=sampled)


def row(tool: Tool, sampled: Cost, costs: Sequence[Cost]) -> Row:
    """Return what the calls of a tool, and the one whose memory was `sampled`, say of it."""
    walls = [cost.wall for cost in costs]
    return Row(
        tool,
        statistics.median(walls),
        (min(walls), max(walls)),
        statistics.median(cost.cpu for cost in costs),
        max(cost.largest for cost in costs) / MEBIBYTE,
        sampled.tree / MEBIBYTE,
        tuple(_remarks(tool, costs)),
    )


def _remarks(tool: Tool, costs: Sequence[Cost]) -> list[str]:
    found = [tool.note] if tool.note else []
    if any(cost.status is None for cost in costs):
        found.append(f"stopped after {DEADLINE:.0f} s")
    statuses = sorted({cost.status for cost in costs if cost.status is not None} - {0, 1})
    return found + [f"ended with status {status}" for status in statuses]
