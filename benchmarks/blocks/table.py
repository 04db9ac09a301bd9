"""Rows → a table in Markdown, with ratios to the reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.blocks.corpus import Corpus
from benchmarks.blocks.rounds import Row
from benchmarks.blocks.runners import REFERENCE

HEAD = (
    *("runner", "wall s", "shortest-longest", "ratio", "CPU ms/block", "ratio", "largest MiB", "all MiB"),
    *("told", "missed", "false", "blocks held by"),
)


def table(rows: Sequence[Row], corpus: Corpus, versions: dict[str, str]) -> str:
    """Return the rows as a Markdown table, then what else is to be said of each runner."""
    reference = next((row for row in rows if row.runner.name == REFERENCE), None)
    lines = [HEAD, *(_line(row, reference, corpus, versions) for row in rows)]
    remarks = [f"- {row.runner.name}: {'; '.join(row.remarks)}" for row in rows if row.remarks]
    return "\n".join([*aligned(lines), *(["", *remarks] if remarks else [])])


def aligned(lines: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield the lines of a Markdown table, whose first line is its head: the first and last columns to the left."""
    widths = [max(2, *(len(cell) for cell in column)) for column in zip(*lines, strict=True)]
    last = len(widths) - 1
    for number, line in enumerate(lines):
        cells = [
            cell.ljust(width) if column in {0, last} else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            rules = [
                "-" * width if column in {0, last} else f"{'-' * (width - 1)}:" for column, width in enumerate(widths)
            ]
            yield f"| {' | '.join(rules)} |"


def _line(row: Row, reference: Row | None, corpus: Corpus, versions: dict[str, str]) -> tuple[str, ...]:
    shortest, longest = row.spread
    return (
        f"{row.runner.name} {versions[row.runner.distribution]}",
        f"{row.wall:.2f}",
        f"{shortest:.2f}-{longest:.2f}",
        ratio(row.wall, reference.wall if reference else None),
        f"{row.cpu:.1f}",
        ratio(row.cpu, reference.cpu if reference else None),
        f"{row.largest:.0f}",
        f"{row.tree:.0f}",
        f"{row.score.told} of {len(corpus.failing)}",
        f"{row.score.missed}",
        f"{row.score.false}",
        row.held,
    )


def ratio(value: float, reference: float | None) -> str:
    """Return how many times the reference a value is, a dash without one."""
    return f"{value / reference:.2f}x" if reference else "-"
