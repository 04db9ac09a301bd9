"""The index of a skill's units -> the earlier ones that a unit needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillcheck.blocks.imports import module_of
from skillcheck.blocks.index import Index, names_of
from skillcheck.model import Fault, FaultKind, Role, Unit

LONGEST = 128
"""The most units that a slice may hold; far beyond any document that is read by people."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What a unit is executed with.

    `members` are the positions of its context among the units, in document order, each with the names that are wanted
    of it (none where a directive asks for it). `unbound` are names that no earlier unit binds.
    """

    members: dict[int, frozenset[str]]
    unbound: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


def slice_of(index: Index, position: int) -> Slice:
    """Return the minimal backward slice of the Python unit at `position`; a `file` unit stands alone."""
    unit = index.at(position)
    if unit.role is Role.FILE:
        return Slice({}, frozenset(names_of(unit).needs))
    forced, faults = _after(index, position)
    members: dict[int, set[str]] = {earlier: set() for earlier in forced}
    unbound: set[str] = set()
    pending = [position, *members]
    while pending and len(members) <= LONGEST:
        current = pending.pop()
        for name, givers in _bound(index, current):
            if not givers and current == position:
                unbound.add(name)
            pending += [giver for giver in givers if giver not in members and _is_script(index, giver)]
            for giver in givers:
                members.setdefault(giver, set()).add(name)
    if len(members) > LONGEST:
        faults = (*faults, _too_long(unit))
    ordered = {member: frozenset(wanted) for member, wanted in sorted(members.items())}
    return Slice(ordered, frozenset(unbound), faults)


def _bound(index: Index, position: int) -> list[tuple[str, list[int]]]:
    """Return the free names of a unit, each with the earlier units that bind it."""
    known = names_of(index.at(position))
    found: list[tuple[str, list[int]]] = []
    for name in sorted(known.needs.keys() | known.likes):
        nearest = index.nearest(position, name)
        if nearest is not None and name in known.likes and _is_starred(index.units[nearest], known.stars):
            continue  # its star import gives what it gives, or nothing does
        if nearest is not None:
            found.append((name, [nearest]))
        elif name in known.needs:
            lender = index.lender(position, name)
            found.append((name, index.starred(position) or ([] if lender is None else [lender])))
    return found


def _is_starred(unit: Unit, stars: Sequence[str]) -> bool:
    """Whether a file is one of the modules of which all names are imported."""
    return unit.role is Role.FILE and module_of(unit.path or "") in stars


def _is_script(index: Index, position: int) -> bool:
    return index.units[position].role is not Role.FILE


def _after(index: Index, position: int) -> tuple[list[int], tuple[Fault, ...]]:
    """Return the units that the directive `after=` asks for, or the fault of one that asks for none."""
    block = index.units[position].block
    wanted = block.directive.options.get("after")
    if wanted is None:
        return [], ()
    found = index.answering(position, wanted, LONGEST) if wanted else index.previous(position)
    if found:
        return found, ()
    fact = f"`after={wanted}` names no earlier Python block that runs"
    remedy = "name a heading above this block, or the snippet of an earlier one"
    return [], (Fault(FaultKind.BAD_DIRECTIVE, block.directive.place or block.place, fact, remedy),)


def _too_long(unit: Unit) -> Fault:
    fact = f"this block needs more than {LONGEST} earlier blocks"
    return Fault(FaultKind.BAD_DIRECTIVE, unit.block.place, fact, "bind in it the names that it uses")
