"""A skill -> its units; units -> the programs that prove them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from skillcheck.blocks import role
from skillcheck.blocks.bundled import Shipped
from skillcheck.blocks.calls import calls
from skillcheck.blocks.expectations import expectations
from skillcheck.blocks.imports import imports, place
from skillcheck.blocks.index import Index, index, names_of
from skillcheck.blocks.lacking import lacking
from skillcheck.blocks.misuses import misuses
from skillcheck.blocks.naming import snippet_names
from skillcheck.blocks.project import Project
from skillcheck.blocks.segments import segments
from skillcheck.blocks.slices import Slice, slice_of
from skillcheck.blocks.stars import starred
from skillcheck.blocks.uses import uses
from skillcheck.model import File, Name, Program, Role, Skill, Unit


def units(skill: Skill) -> tuple[Unit, ...]:
    """Return every block of every document with its role, in document order."""
    plain = [role.unit(block) for document in skill.documents for block in document.blocks]
    names = snippet_names(skill.documents, plain)
    found = [replace(unit, snippet=name) for unit, name in zip(plain, names, strict=True)]
    known = index(found)
    return tuple(_continued(known, position) for position in range(len(found)))


def programs(units: Sequence[Unit], files: Sequence[File] = ()) -> tuple[Program, ...]:
    """Return what is executed or parsed for each unit that is more than shown; `files` are those of the skill."""
    known, project, shipped = index(units), Project(units), Shipped(files)
    found = (_program(known, project, position) for position, unit in enumerate(units) if unit.role is not Role.SHOWN)
    return tuple(replace(program, bundled=shipped.bundled(program)) for program in found)


def _continued(known: Index, position: int) -> Unit:
    unit = known.units[position]
    if unit.role is not Role.SCRIPT or unit.language != "python":
        return unit
    found = slice_of(known, position)
    kind = Role.CONTINUATION if found.members else Role.SCRIPT
    return replace(unit, role=kind, faults=(*unit.faults, *found.faults))


def _program(known: Index, project: Project, position: int) -> Program:
    unit, files = known.units[position], project.files(position)
    if unit.language != "python":
        return Program(unit, files=files)
    found = slice_of(known, position)
    context = tuple(known.at(member) for member in found.members)
    unbound = tuple(_unbound(unit, found))
    used = (*uses(unit, context), *starred(unit, context))
    following = known.units[position + 1] if position + 1 < len(known.units) else None
    return Program(
        unit,
        context,
        files,
        unbound,
        (
            *imports(unit),
            *(item for member in found.members if member in known.lent for item in imports(known.at(member))),
        ),
        segments(known.at, found.members, unit),
        calls(unit, context),
        expectations(unit, following),
        uses=used,
        misuses=(*misuses(unit, context, {name.name for name in unbound}), *lacking(used, project.modules(position))),
        withheld=tuple((name, giver) for name in unbound if (giver := _withholder(known, position, name)) is not None),
    )


def _withholder(known: Index, position: int, name: Name) -> Unit | None:
    """Return the earlier unit that binds a name and is only shown."""
    found = known.lender(position, name.name, lends=False)
    return None if found is None else known.units[found]


def _unbound(unit: Unit, found: Slice) -> Iterator[Name]:
    for name, (line, column) in names_of(unit).needs.items():
        if name in found.unbound:
            yield Name(name, place(unit.block, line, column, len(name)))
