"""Result -> block-needs-network."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import CauseKind, Result
from skillcheck.rules.rule import Told, rule


@rule("SK810")
def block_needs_network(result: Result) -> Iterator[Told]:
    """A block asks for the network.

    Blocks run without one, unless a directive or an option allows it. Code that needs a service cannot be proven
    by itself.
    """
    for cause in result.causes:
        if cause.kind is CauseKind.NETWORK:
            yield Told(cause.place, cause.fact, cause.remedy)
