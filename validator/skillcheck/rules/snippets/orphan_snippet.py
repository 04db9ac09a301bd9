"""Drift -> orphan-snippet."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Drift, DriftKind
from skillcheck.rules.rule import Told, rule


@rule("SK703")
def orphan_snippet(drift: Drift) -> Iterator[Told]:
    """A snippet belongs to no block.

    Its block was removed or renamed. Readers would take it for something the skill teaches.
    """
    if drift.kind is DriftKind.ORPHAN:
        message = f"{drift.path} belongs to no block of the skill"
        yield Told(drift.place, message, "run `skillcheck extract`, or remove the file")
