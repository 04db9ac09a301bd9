"""Cell -> fails-elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Cell, Place, Releases
from skillcheck.rules.rule import Told, rule

REMEDY = "declare what it needs more narrowly, or write it so that it runs there too"
LOCK = "compile the lock anew from what is declared"


@rule("SK881")
def fails_elsewhere(cell: Cell) -> Iterator[Told]:
    """A block or a test fails with another Python, or with other releases that the requirements admit.

    Whoever installs the skill may have that Python or those releases.
    """
    for place, fact in _failures(cell):
        if place not in cell.known:
            remedy = LOCK if cell.error and cell.releases is Releases.LOCKED else REMEDY
            yield Told(place, f"with Python {cell.python} and the {cell.releases} releases: {fact}", remedy)


def _failures(cell: Cell) -> Iterator[tuple[Place, str]]:
    if cell.error:
        yield cell.place, f"the requirements cannot be installed: {' '.join(cell.error.split())}"
        return
    yield from ((cause.place, cause.fact) for result in cell.results for cause in result.causes)
    for run in cell.tests:
        if run.error:
            yield run.place, f"the tests could not be run: {run.error}"
        yield from ((failure.place, f"the test {failure.name} fails") for failure in run.failures)
