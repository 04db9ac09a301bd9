"""Drift -> stale-marketplace."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Drift, DriftKind
from skillcheck.rules.differences import first_difference
from skillcheck.rules.rule import Told, rule


@rule("SK530")
def stale_marketplace(drift: Drift) -> Iterator[Told]:
    """A marketplace.json is not what the skills and the configuration say.

    Users install what marketplace.json names. It is generated, so that version and description have one place each.
    """
    if drift.kind is DriftKind.MARKETPLACE:
        message = f"{drift.path} is not what the skills and the configuration say{first_difference(drift.diff)}"
        yield Told(drift.place, message, "run `skillcheck marketplace`")
