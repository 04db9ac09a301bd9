"""A Python program with one star import -> the names that only this can give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillcheck.blocks.imports import place
from skillcheck.blocks.index import names_of
from skillcheck.model import Name, Unit, Use


def starred(unit: Unit, context: Sequence[Unit] = ()) -> Iterator[Use]:
    """Yield what a unit uses of the module that it or its context imports wholesale, if it is but one."""
    own, others = names_of(unit), [names_of(other) for other in context]
    modules = {module for known in (own, *others) for module in known.stars}
    if len(modules) != 1:
        return
    given = frozenset[str]().union(*(known.gives for known in others))
    (module,) = modules
    for name, (line, column) in (own.starred if own.stars else own.needs).items():
        if name not in given:
            yield Use(module, "", (Name(name, place(unit.block, line, column, len(name))),))
