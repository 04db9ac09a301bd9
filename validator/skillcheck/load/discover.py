"""Paths -> the skills, plugins, marketplaces and archives that they lead to."""

from __future__ import annotations

import errno
import os
import posixpath
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from skillcheck.disk import bounds
from skillcheck.load import marketplaces, plugins
from skillcheck.load.limits import Limits
from skillcheck.load.misnamed import of_listed, wrong_case
from skillcheck.load.skills import NAME, Home, skill
from skillcheck.load.standing import holder, is_for_claude_code, is_plugin, nearest, project, sources_above
from skillcheck.load.tree import printable, shown, shown_from, tree
from skillcheck.load.walk import search
from skillcheck.model import Archive, Bundle, Fault, FaultKind, Marketplace, Place, Plugin, Skill
from skillcheck.model.lean import dataclass

_ARCHIVES = (".zip", ".skill")
_EXPECTED = "name a folder, a SKILL.md, a .zip or .skill file, or a marketplace.json"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A skill that was found; `path` is its folder as shown, `read` reads it, again at each call."""

    path: str
    read: Callable[[], Skill]


@dataclass(frozen=True, slots=True)
class _Found:
    """A skill's folder, its real path, the path that led to it, and the folder as shown; then what it is for and in."""

    absolute: str
    real: str
    given: Path
    path: str
    for_claude_code: bool
    plugin_holds: Callable[[str], bool] | None
    project_holds: Callable[[str], bool] | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the skills: a bundle without them, and those that only a manifest leads to."""

    bundle: Bundle
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the paths lead to: its skills in the order of their paths, of which `packed` are those of archives.

    `around` reads what stands around them, which others may begin to read meanwhile.
    """

    waiting: tuple[Waiting, ...]
    packed: tuple[Skill, ...]
    around: Callable[[], Around]


def discover(paths: Sequence[str], limits: Limits) -> Survey:
    """Find everything that the paths lead to, and read nothing yet but archives and marketplaces."""
    finder = _Finder(limits)
    for path in paths:
        finder.take(path)
        finder.above.update(sources_above(Path(path)))
    return finder.survey(tuple(printable(path) for path in paths))


@dataclass(slots=True)
class _Finder:
    """Collects what the paths lead to, each thing once by its real path."""

    limits: Limits
    skills: dict[str, tuple[Path, Path]] = field(default_factory=dict)
    roots: dict[str, tuple[Path, list[plugins.Entry], Limits]] = field(default_factory=dict)
    markets: dict[str, Marketplace] = field(default_factory=dict)
    archives: dict[str, tuple[Archive, tuple[Skill, ...]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    above: set[str] = field(default_factory=set)
    reals: dict[Path, str] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    here: str = field(default_factory=os.getcwd)

    def take(self, path: str) -> None:
        """Follow one path as it was given."""
        if not path:
            self.faults.append(Fault(FaultKind.NOT_FOUND, Place("."), "an empty path leads nowhere", _EXPECTED))
            return
        given = Path(path)
        try:
            mode = given.stat().st_mode
        except (OSError, ValueError) as error:
            self.unreachable(path, error)
            return
        self.limits = replace(self.limits, roots=bounds(given))
        if stat.S_ISDIR(mode):
            self.walk(given)
        elif stat.S_ISREG(mode):
            self.file(given)
        else:
            self.fault(FaultKind.UNREADABLE, given, "not a folder or file, and not read", _EXPECTED)

    def file(self, file: Path) -> None:
        name = file.name
        if name == NAME:
            self.skill(file.parent, file.parent)
        elif name == marketplaces.FILE:
            self.market(file.parent.parent if file.parent.name == plugins.FOLDER else file.parent, file)
        elif name == plugins.MANIFEST and file.parent.name == plugins.FOLDER:
            self.plugin(file.parent.parent)
        elif file.suffix.lower() in _ARCHIVES or _starts(file, b"PK\x03\x04"):
            self.archive(file)
        elif name.lower() == NAME.lower():
            self.faults.append(wrong_case(file))
        else:
            self.fault(FaultKind.UNREADABLE, file, f"`{printable(name)}` is no skill and holds none", _EXPECTED)

    def archive(self, file: Path) -> None:
        from skillcheck.load.archive import archive  # noqa: PLC0415 - few calls need it, and it loads slowly

        self.archives.setdefault(os.path.realpath(file), archive(file, shown(file), self.limits))

    def walk(self, given: Path) -> None:
        found = search(given, self.limits)
        self.faults += found.faults
        for real, folder in found.skills.items():
            self.skills.setdefault(real, (folder, given))
            self.reals[folder] = real
        for real, folder in found.outside.items():
            self.skills.setdefault(real, (folder, folder))
        for folder in found.plugins:
            self.plugin(folder)
        for root, file in found.markets:
            self.market(root, file)

    def skill(self, folder: Path, given: Path) -> None:
        self.skills.setdefault(self.real(folder), (folder, given))

    def real(self, folder: Path) -> str:
        """Return the real path of a skill's folder; the system is asked once, for each part of the path."""
        if folder not in self.reals:
            self.reals[folder] = os.path.realpath(folder)
        return self.reals[folder]

    def plugin(self, folder: Path, *listed: plugins.Entry) -> None:
        self.roots.setdefault(os.path.realpath(folder), (folder, [], self.limits))[1].extend(listed)

    def market(self, root: Path, file: Path) -> None:
        real = os.path.realpath(root)
        if real not in self.markets:
            self.markets[real], listed = marketplaces.marketplace(root, file, self.limits)
            for folder, entry in listed:
                self.plugin(folder, entry)

    def unreachable(self, path: str, error: OSError | ValueError) -> None:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            self.fault(FaultKind.LINK_LOOP, path, "the link never ends at a file", "delete the link")
        elif isinstance(error, OSError) and error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}:
            self.fault(FaultKind.UNREADABLE, path, f"cannot be read: {error.strerror}", "mend its permissions")
        else:
            shown_path = printable(path.replace("\0", "\\0"))
            self.fault(FaultKind.NOT_FOUND, shown_path, f"`{shown_path}` does not exist", _EXPECTED)

    def fault(self, kind: FaultKind, path: Path | str, fact: str, remedy: str) -> None:
        self.faults.append(Fault(kind, Place(shown(path)), fact, remedy))

    def survey(self, paths: tuple[str, ...]) -> Survey:
        sources = {*self.above, *self.roots, *self.markets}
        self.inside |= {*self.roots, *filter(is_plugin, self.above)}
        made = self.waiting(sources)
        packed = tuple(inner for _, skills in self.archives.values() for inner in skills)
        waiting = (*made.values(), *(Waiting(inner.path, partial(_itself, inner)) for inner in packed))
        return Survey(_in_order(waiting), packed, partial(self.around, paths, sources, made))

    def around(self, paths: tuple[str, ...], sources: set[str], made: dict[str, Waiting]) -> Around:
        """Read what was found besides the skills, in the order of its paths."""
        read = [plugins.plugin(folder, shown(folder), listed, limits) for folder, listed, limits in self.roots.values()]
        for reading in read:
            for folder in reading.folders:
                self.skill(folder, reading.location)
        more = self.waiting(sources, known=made)
        bundle = Bundle(
            paths=paths,
            plugins=tuple(sorted(self.plugins(read, {**made, **more}), key=lambda plugin: plugin.path)),
            marketplaces=tuple(sorted(self.markets.values(), key=lambda market: market.path)),
            archives=tuple(sorted((found for found, _ in self.archives.values()), key=lambda found: found.path)),
            faults=tuple(map(self.weighed, self.faults)),
        )
        return Around(bundle, _in_order(more.values()))

    def weighed(self, fault: Fault) -> Fault:
        """Return a fault; a manifest in the wrong place matters less where a marketplace lists the plugin."""
        folder, name = os.path.split(fault.place.path)
        root = self.roots.get(os.path.realpath(folder)) if fault.kind is FaultKind.MISNAMED else None
        return of_listed(fault) if root and root[1] and name == plugins.MANIFEST else fault

    def plugins(self, read: Sequence[plugins.Reading], made: Mapping[str, Waiting]) -> Iterator[Plugin]:
        for reading in read:
            yield reading.plugin([made[self.real(folder)].path for folder in reading.folders])

    def waiting(self, sources: set[str], known: Collection[str] = ()) -> dict[str, Waiting]:
        """Return the skills that are not `known` yet, by their real paths."""
        return {real: self.wait_for(real, sources) for real in self.skills if real not in known}

    def wait_for(self, real: str, sources: set[str]) -> Waiting:
        folder, given = self.skills[real]
        absolute = os.path.abspath(folder)  # noqa: PTH100 - resolve() would follow links
        is_for_it = is_for_claude_code(absolute, real, sources)
        root = nearest(real, self.inside)
        holds, around = holder(root) if is_for_it else None, project(real, self.real(given), root)
        found = _Found(absolute, real, given, shown_from(self.here, absolute, folder), is_for_it, holds, around)
        return Waiting(found.path, partial(_read, found, self.limits))


def _in_order(waiting: Iterable[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(waiting, key=lambda each: each.path))


def _read(found: _Found, limits: Limits) -> Skill:
    listed = tree(found.absolute, found.real, found.path, found.given, limits)
    home = Home(found.path, printable(posixpath.basename(found.absolute)), found.absolute)
    read = skill(home, listed.files, listed.faults, limits)
    holds, around = found.plugin_holds or read.plugin_holds, found.project_holds or read.project_holds
    return replace(read, for_claude_code=found.for_claude_code, plugin_holds=holds, project_holds=around)


def _itself(inner: Skill) -> Skill:
    return inner


def _starts(file: Path, magic: bytes) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(magic)) == magic
    except OSError:
        return False
