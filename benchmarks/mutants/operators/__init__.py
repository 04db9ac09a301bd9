"""The mistakes that are made: each operator takes a block and yields the edits that make one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.mutants.operators import calls, conditions, handlers, names, safety, statements, values
from benchmarks.mutants.source import Edit, Source

Operator = Callable[[Source], Iterator[Edit]]

OPERATORS: tuple[Operator, ...] = (
    *calls.OPERATORS,
    *conditions.OPERATORS,
    *handlers.OPERATORS,
    *names.OPERATORS,
    *safety.OPERATORS,
    *statements.OPERATORS,
    *values.OPERATORS,
)
"""All of them; a mutant bears the name of the function that made it."""
