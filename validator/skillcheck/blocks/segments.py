"""A unit and its slice -> the Python that is executed, stretch by stretch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from skillcheck.blocks.imports import module_of
from skillcheck.blocks.transcripts import answering
from skillcheck.model import Role, Segment, Unit


def segments(units: Callable[[int], Unit], members: Mapping[int, frozenset[str]], unit: Unit) -> tuple[Segment, ...]:
    """Return the segments of the context and of the unit itself; `units` gives the unit at a position.

    A `file` unit in the context is imported where it can be, as the example project would import it: its module then
    exists once, whoever else imports it.
    """
    return (*_context(units, members), _verbatim(unit))


def _context(units: Callable[[int], Unit], members: Mapping[int, frozenset[str]]) -> Iterator[Segment]:
    for position, wanted in members.items():
        unit = units(position)
        module = module_of(unit.path) if unit.role is Role.FILE and unit.path else None
        if module is None or not wanted or module.partition(".")[0] in sys.stdlib_module_names:
            yield _verbatim(unit)
        else:
            yield _segment(unit, f"from {module} import {', '.join(sorted(wanted))}\n")


def _verbatim(unit: Unit) -> Segment:
    return _segment(unit, answering(unit.block.text) if unit.typed else unit.block.text)


def _segment(unit: Unit, text: str) -> Segment:
    return Segment(unit, unit.block.place.path, unit.block.line, text)
