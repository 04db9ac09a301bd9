"""Drift -> stale-snippet."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Drift, DriftKind
from skillcheck.rules.differences import first_difference
from skillcheck.rules.rule import Told, rule


@rule("SK701")
def stale_snippet(drift: Drift) -> Iterator[Told]:
    """A snippet is not what its block says.

    The snippet was run or read, the block is what Claude gets. Only one of them was proven.
    """
    if drift.kind is DriftKind.STALE:
        message = f"{drift.path} is not what the block says{first_difference(drift.diff)}"
        yield Told(drift.place, message, "run `skillcheck extract`")
