"""Drift -> missing-snippet."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Drift, DriftKind
from skillcheck.rules.rule import Told, rule


@rule("SK702")
def missing_snippet(drift: Drift) -> Iterator[Told]:
    """A block has no snippet.

    The snippets are promised to be all of the skill's code.
    """
    if drift.kind is DriftKind.MISSING:
        message = f"{drift.path} does not exist, the block was never extracted"
        yield Told(drift.place, message, "run `skillcheck extract`")
