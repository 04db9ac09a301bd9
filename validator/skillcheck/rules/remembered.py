"""A function of one node → the same, which works once for a node that several rules ask about in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

N = TypeVar("N")
R = TypeVar("R")


def remembered(work: Callable[[N], R]) -> Callable[[N], R]:
    """Return a function that knows its last answer; nodes are told apart by identity, since comparing them is slow."""
    last: tuple[N, R] | None = None

    def answer(node: N) -> R:
        nonlocal last
        known = last  # read once: another thread may replace it meanwhile
        if known is None or known[0] is not node:
            last = known = (node, work(node))
        return known[1]

    return answer
