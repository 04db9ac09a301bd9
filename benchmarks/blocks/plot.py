"""Rows → an SVG of bars, readable on light and dark pages, made of text alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from benchmarks.blocks.rounds import Row
from benchmarks.blocks.runners import OURS, REFERENCE

LEFT, WIDTH, RIGHT = 190, 330, 200
STEP, BAR, TOP = 26, 16, 52
FARTHEST = 4.0
"""A bar longer than so many times the reference's is torn off at the edge, so that the others stay readable."""

TORN = f"h{WIDTH - 24} l-6 {BAR} h-{WIDTH - 30} z m{WIDTH - 18} 0 h18 v{BAR} h-24 z"
"""The path of such a bar: a slanted gap near its end."""

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; }
.note { fill: #57606a; }
.peer { fill: #8c959f; }
.ours { fill: #0969da; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .note { fill: #9198a1; }
  .peer { fill: #6e7681; }
  .ours { fill: #4493f8; }
}
"""


def plot(rows: Sequence[Row], blocks: int, machine: str) -> str:
    """Return two panels of bars, wall time and CPU time, each with its values and the wrong verdicts beside them."""
    height = TOP + len(rows) * STEP + 20
    panels = (
        *panel(rows, f"{blocks:,} blocks: wall seconds", "s", lambda row: row.wall, 0),
        *panel(rows, "CPU milliseconds a block", "ms", lambda row: row.cpu, height),
    )
    width, whole = LEFT + WIDTH + RIGHT, 2 * height + 24
    says = "; ".join(f"{row.runner.name} {row.wall:.2f} s, {_wrong(row)}" for row in rows)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" width="{width}" role="img">'
    title = f"<title>{escape(f'What running {blocks:,} blocks costs: {says}')}</title>"
    foot = _text(12, whole - 12, machine, "note")
    return "\n".join([head, title, f"<style>\n{STYLE}</style>", *panels, foot, "</svg>\n"])


def panel(rows: Sequence[Row], title: str, unit: str, value: Callable[[Row], float], top: float) -> Iterator[str]:
    """Yield one panel of bars in the order of the rows; `top` is where it begins."""
    farthest = limit([value(row) for row in rows], next((value(r) for r in rows if r.runner.name == REFERENCE), None))
    yield _text(LEFT, top + 28, title, "title")
    for number, row in enumerate(rows):
        y = top + TOP + number * STEP
        long = WIDTH * min(value(row) / farthest, 1.0)
        kind = "ours" if row.runner.name.startswith(OURS) else "peer"
        yield _text(LEFT - 10, y + 13, row.runner.name, "", "end")
        bar = TORN if value(row) > farthest else f"h{long:.1f} v{BAR} h-{long:.1f} z"
        yield f'<path class="{kind}" d="M{LEFT} {y} {bar}"/>'
        yield _text(LEFT + long + 8, y + 13, f"{value(row):.3g} {unit} · {_wrong(row)}", "note")


def limit(values: Sequence[float], reference: float | None) -> float:
    """Return the value that the longest bar stands for: none is longer than `FARTHEST` times the reference's."""
    near = [value for value in values if reference is None or value <= FARTHEST * reference]
    return max(near, default=0.0) or 1.0


def _wrong(row: Row) -> str:
    counts = ((row.score.missed, "missed"), (row.score.false, "false"))
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "0 wrong"


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
