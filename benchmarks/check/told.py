"""Rows → a table in Markdown, with what we cost in shares of each peer."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.blocks.table import aligned, ratio
from benchmarks.check.rounds import Row
from benchmarks.check.tools import COLD, WARM

HEAD = (
    *("tool", "wall s", "shortest-longest", "CPU s", "largest MiB", "all MiB"),
    *("ours cold: wall", "CPU", "unchanged: wall", "CPU"),
)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table, then what else is to be said of each tool."""
    cold, warm = (next((row for row in rows if row.tool.name == name), None) for name in (COLD, WARM))
    lines = [HEAD, *(_line(row, cold, warm) for row in rows)]
    remarks = [f"- {row.tool.name}: {'; '.join(row.remarks)}" for row in rows if row.remarks]
    return "\n".join([*aligned(lines), *(["", *remarks] if remarks else [])])


def _line(row: Row, cold: Row | None, warm: Row | None) -> tuple[str, ...]:
    shortest, longest = row.spread
    times = (f"{row.wall:.2f}", f"{shortest:.2f}-{longest:.2f}", f"{row.cpu:.2f}")
    shares = (*_shares(cold, row), *_shares(warm, row))
    return (f"{row.tool.name} {row.tool.version}", *times, f"{row.largest:.0f}", f"{row.all:.0f}", *shares)


def _shares(own: Row | None, row: Row) -> tuple[str, str]:
    if own is None or row.tool.name in {COLD, WARM}:
        return "-", "-"
    return ratio(own.wall, row.wall), ratio(own.cpu, row.cpu)
