"""The members of a skill → the bytes of its ZIP, the same on every machine, or the faults that forbid one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from skillcheck.disk import put
from skillcheck.model import Fault, FaultKind, Skill, Snippet
from skillcheck.pack.frontmatter import NotReducibleError
from skillcheck.pack.limits import faults
from skillcheck.pack.members import Member, members

EPOCH = 315532800
"""1980-01-01 00:00 UTC, the first moment that a ZIP can tell, in seconds since 1970."""

LAST = 4354819198
"""2107-12-31 23:59:58 UTC, the last one."""

UNIX = 3


@dataclass(frozen=True, slots=True)
class Packing:
    """The ZIP of a skill and the number of its members, or, where `data` is None, the faults that forbid one."""

    data: bytes | None
    faults: tuple[Fault, ...] = ()
    members: int = 0


def pack(
    skill: Skill, *, snippets: Sequence[Snippet] = (), evidence: str = "", epoch: int = EPOCH, folder: bool = True
) -> Packing:
    """Return the ZIP that claude.ai's upload takes, or say what forbids one.

    The same skill, snippets and evidence give the same bytes on every machine. `epoch` is the time of every member, in
    seconds since 1970 as in SOURCE_DATE_EPOCH. Without `folder`, SKILL.md lies at the top, as discovery has it.
    """
    if found := tuple(faults(skill, snippets)):
        return Packing(None, found)
    place = skill.frontmatter.place
    try:
        inside = members(skill, snippets, evidence)
    except NotReducibleError as error:
        remedy = "write it as plain `key: value` lines, without the keys that only Claude Code knows"
        return Packing(None, (Fault(FaultKind.UNPACKABLE, place, str(error), remedy),))
    except OSError as error:
        fact = f"`{error.filename or skill.path}` cannot be read: {error.strerror or error}"
        remedy = "make it readable, or move it out of the skill"
        return Packing(None, (Fault(FaultKind.UNPACKABLE, place, fact, remedy),))
    return Packing(_zip(f"{skill.name}/" if folder else "", inside, epoch), (), len(inside))


def build(skill: Skill, *, snippets: Sequence[Snippet] = (), epoch: int = EPOCH) -> bytes:
    """Return the ZIP of a skill that can be packed; ValueError, saying why, for one that cannot."""
    packing = pack(skill, snippets=snippets, epoch=epoch)
    if packing.data is None:
        raise ValueError("; ".join(fault.fact for fault in packing.faults))
    return packing.data


def write(data: bytes, path: Path) -> None:
    """Write a file whole or not at all: it is made beside `path`, then takes its place. May raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, data)


def _zip(top: str, inside: Sequence[Member], epoch: int) -> bytes:
    """Store without compression: builds of zlib compress differently, and the upload's limit is on what is inside."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for path, content, executable in inside:
            info = ZipInfo(f"{top}{path}", time.gmtime(min(max(epoch, EPOCH), LAST))[:6])
            info.create_system = UNIX
            info.external_attr = (0o100755 if executable else 0o100644) << 16
            archive.writestr(info, content)
    return buffer.getvalue()
