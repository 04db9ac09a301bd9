"""Somebody's ZIPs → ZIPs that claude.ai takes, beside what was done and what could not be."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skillcheck.config import Config
from skillcheck.lint import Paths, finished, judged, report
from skillcheck.load import load
from skillcheck.model import Archive, Bundle, Fault, FaultKind, File, Finding, Packed, Report, Skill
from skillcheck.pack import left_out, mended, taken_out
from skillcheck.telling import verdicts
from skillcheck.verify.packing import named, zipped

SHOWN = 5
WHOLE = frozenset({FaultKind.UNREADABLE, FaultKind.TOO_LARGE, FaultKind.TOO_MANY_FILES, FaultKind.BOMB})


@dataclass(frozen=True, slots=True)
class Mending:
    """What became of one skill of an archive: its ZIP, or the findings that forbid one; and what was done for it."""

    packed: Packed | None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def remade(paths: Paths, config: Config, suffix: str) -> Report:
    """Pack each skill of the archives anew into `dist`; what they are made from is left as it is."""
    bundle = load(paths)
    so_far = report(bundle, judged(_unmendable(bundle), config, bundle), config)
    given = [os.path.realpath(path) for path in paths]
    names = Counter(skill.name for skill in bundle.skills)
    for archive in bundle.archives:
        own = [skill for skill in bundle.skills if _is_in(skill, archive)]
        so_far = replace(so_far, notes=(*so_far.notes, *_passed_over(archive, own)))
        for skill in own:
            target = _target(skill, config, suffix, given)
            made = _made(skill, archive, own, config, target) if names[skill.name] == 1 else _twice(skill, config)
            packed = (*so_far.packed, made.packed) if made.packed else so_far.packed
            found, notes = (*so_far.findings, *made.findings), (*so_far.notes, *made.notes)
            so_far = replace(so_far, packed=packed, findings=found, notes=notes)
    return finished(replace(so_far, verdicts=verdicts(so_far.skills, so_far.findings)))


def _unmendable(bundle: Bundle) -> Iterator[object]:
    """Yield what nothing can be made of: archives that cannot be opened, and those without a skill."""
    yield bundle
    yield from bundle.faults
    for archive in bundle.archives:
        is_whole = not any(_is_in(skill, archive) for skill in bundle.skills)
        yield from (fault for fault in archive.faults if is_whole or fault.kind in WHOLE)
        if is_whole:
            yield archive


def _is_in(skill: Skill, archive: Archive) -> bool:
    return skill.path == archive.path or skill.path.startswith(f"{archive.path}/")


def _folder(skill: Skill, archive: Archive) -> str:
    """Return the folder of the skill in the archive with a slash behind it, empty at its top."""
    inside = skill.path.removeprefix(archive.path).removeprefix("/")
    return f"{inside}/" if inside else ""


def _target(skill: Skill, config: Config, suffix: str, given: Sequence[str]) -> Path:
    """Return where the ZIP goes: never where one of those lies that are read."""
    target = config.root / config.dist / f"{skill.name}.{suffix}"
    return target.with_stem(f"{skill.name}-mended") if os.path.realpath(target) in given else target


def _twice(skill: Skill, config: Config) -> Mending:
    fact = f"another skill is named `{skill.name}` as well, and would take the place of this one in {config.dist}"
    return Mending(None, judged([_fault(skill, fact, "rename one of them, or mend them one by one")], config))


def _made(skill: Skill, archive: Archive, own: Sequence[Skill], config: Config, target: Path) -> Mending:
    folder = _folder(skill, archive)
    ways = (_nested(_folder(other, archive), folder) for other in own)
    inside = [(path, file) for file in archive.members if (path := _below(file.path, folder))]
    links = [replace(file, path=path) for path, file in inside if file.target is not None]
    plain, said = mended(skill, links, sorted(way for way in ways if way))
    if fault := _lost(skill, folder, inside, {file.path for file in (*skill.files, *plain.files)}):
        return Mending(None, judged([fault], config))
    packing, refused = zipped(plain, config, made=())
    if packing.data is None:
        return Mending(None, refused)
    done = [*_done(skill, archive, folder), *said, *(f"{path} was left out: {why}" for path, why in left_out(plain))]
    return Mending(named(skill.name, packing, target), (), tuple(f"{skill.name}: {line}" for line in done))


def _lost(skill: Skill, folder: str, inside: Sequence[tuple[str, File]], there: Container[str]) -> Fault | None:
    """Return the fault of a skill that would lose a member that cannot be read, or one of two that differ."""
    if lost := [path for path, _ in inside if path not in there]:
        fact = f"member `{folder}{lost[0]}` cannot be taken over{_more(lost)}: it is damaged, locked, or no plain file"
        return _fault(skill, fact, "leave it out of the archive, or put a sound copy in its place")
    first: dict[str, File] = {}
    for path, file in inside:
        if not _is_same(first.setdefault(path, file), file):
            fact = f"member `{folder}{path}` is in the archive more than once, with other content"
            return _fault(skill, fact, "keep the one that is meant")
    return None


def _is_same(first: File, second: File) -> bool:
    try:
        return first is second or first.read() == second.read()
    except OSError:
        return False


def _nested(folder: str, around: str) -> str:
    """Return the way from one folder down to another, empty where it does not lead down."""
    return folder.removeprefix(around).rstrip("/") if folder.startswith(around) else ""


def _below(path: str, folder: str) -> str:
    """Return a member's path below the folder, empty for a folder and for what lies elsewhere."""
    plain = "/".join(part for part in path.replace("\\", "/").split("/") if part not in {"", "."})
    is_file = not path.endswith(("/", "\\")) and plain.startswith(folder) and not plain.startswith("__MACOSX/")
    return plain.removeprefix(folder) if is_file and ".." not in plain.split("/") else ""


def _done(skill: Skill, archive: Archive, folder: str) -> Iterator[str]:
    if folder != f"{skill.name}/":
        yield f"{f'the folder {folder}' if folder else 'the top of the archive'} became {skill.name}/"
    if any("\\" in file.path for file in archive.members):
        yield "backslashes in paths became slashes"
    if keys := taken_out(skill):
        yield f"{', '.join(keys)} was taken out of the frontmatter"


def _passed_over(archive: Archive, own: Sequence[Skill]) -> Iterator[str]:
    """Yield a note on the members that belong to no skill."""
    folders = [_folder(skill, archive) for skill in own]
    files = [file.path for file in archive.members if not file.path.endswith("/")]
    outside = [path for path in files if not any(_below(path, folder) for folder in folders)]
    if own and outside:
        shown = ", ".join(outside[:SHOWN])
        yield f"{archive.path}: left out, because no skill holds it: {shown}{_more(outside, SHOWN)}"


def _more(found: Sequence[object], shown: int = 1) -> str:
    return f" (and {len(found) - shown} more)" if len(found) > shown else ""


def _fault(skill: Skill, fact: str, remedy: str) -> Fault:
    return Fault(FaultKind.UNPACKABLE, skill.frontmatter.place, fact, remedy)
