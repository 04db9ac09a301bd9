"""Result -> block-needs-network."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result, Severity
from skillcheck.rules.rule import Told, rule


@rule("SK810", severity=Severity.WARNING)
def block_needs_network(result: Result) -> Iterator[Told]:
    """A block asks for the network, or for a server.

    Blocks run without one, unless a directive or an option allows it. The block may be right, but that is not proven.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.NETWORK:
            yield Told(cause.place, cause.fact, cause.remedy)
