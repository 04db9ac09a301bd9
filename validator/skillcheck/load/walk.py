"""Folder -> the folders in it that hold skills, plugins and marketplaces."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from dataclasses import field
from pathlib import Path

from skillcheck.disk import is_file, is_folder, is_shut
from skillcheck.load import marketplaces, plugins
from skillcheck.load.limits import Limits
from skillcheck.load.manifest import load_json
from skillcheck.load.misnamed import may_be_misnamed, misnamed
from skillcheck.load.skills import NAME
from skillcheck.load.tree import entries, printable, shown
from skillcheck.model import Fault, FaultKind, Place
from skillcheck.model.lean import dataclass

_TESTS = frozenset({"tests", "test", "__tests__", "spec", "evals"})
_FIXTURES = frozenset({"fixtures", "__fixtures__", "testdata"})  # where in those tests keep what they try


@dataclass(slots=True)
class Found:
    """What one search came upon: skills by their real paths; `outside` are those that only a link leads to."""

    skills: dict[str, Path] = field(default_factory=dict)
    outside: dict[str, Path] = field(default_factory=dict)
    plugins: list[Path] = field(default_factory=list)
    markets: list[tuple[Path, Path]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def search(given: Path, limits: Limits) -> Found:
    """Search a folder; linked folders come last, so that the real ones give the names."""
    walk = _Walk(given, limits, Found())
    walk.folders(given, inside_skill=False)
    while walk.links:
        walk.link(*walk.links.popleft())
    return walk.found


@dataclass(slots=True)
class _Walk:
    given: Path
    limits: Limits
    found: Found
    seen: set[str] = field(default_factory=set)
    links: deque[tuple[Path, bool]] = field(default_factory=deque)

    def folders(self, folder: Path, *, inside_skill: bool) -> None:
        """Look at a folder and at those in it; there are many, and joining strings takes a tenth of joining paths."""
        todo = [(str(folder), os.path.realpath(folder), inside_skill)]
        while todo:
            at, real, inside_skill = todo.pop()
            if real not in self.seen:
                self.seen.add(real)
                inner, inside_skill = self.folder(at, real, inside_skill=inside_skill)
                todo += [(_joined(at, name), _joined(real, name), inside_skill) for name in inner]

    def folder(self, folder: str, real: str, *, inside_skill: bool) -> tuple[list[str], bool]:
        """Look at one folder; return the names of those in it, the first last, and whether they are a skill's."""
        try:
            held = entries(folder)
        except OSError as error:
            if not inside_skill:  # else the skill tells it
                fact = f"the folder cannot be read: {error.strerror}"
                self.fault(FaultKind.UNREADABLE, Path(folder), fact, "mend its permissions")
            return [], inside_skill
        names = {entry.name: entry for entry in held}
        inside_skill = self.look(folder, real, names, inside_skill=inside_skill) or inside_skill
        self.links += [(Path(folder, entry.name), inside_skill) for entry in held if entry.is_symlink()]
        inner = [entry.name for entry in reversed(held) if entry.is_dir(follow_symlinks=False)]
        return [name for name in inner if name not in _FIXTURES or not self.is_tried(folder)], inside_skill

    def is_tried(self, folder: str) -> bool:
        """Return whether a folder belongs to tests, which hold mistakes that are made on purpose."""
        return not _TESTS.isdisjoint(Path(folder).relative_to(self.given).parts)

    def look(self, folder: str, real: str, names: dict[str, os.DirEntry[str]], *, inside_skill: bool) -> bool:
        """Take what a folder declares; say whether it is a skill."""
        if plugins.FOLDER in names:
            self.declared(folder, _joined(folder, plugins.FOLDER), has_market=marketplaces.FILE in names)
        elif marketplaces.FILE in names and not inside_skill:
            self.market(Path(folder))
        if NAME in names and not _is_folder(names[NAME]):
            self.found.skills.setdefault(real, Path(folder))
            return True
        if NAME in names and not inside_skill:
            fact = "a folder stands where the file of a skill is read"
            self.fault(FaultKind.UNREADABLE, Path(folder, NAME), fact, "rename it")
        if not inside_skill and may_be_misnamed(folder, names):
            self.found.faults += misnamed(Path(folder), self.given, names, self.limits)
        return False

    def declared(self, folder: str, own: str, *, has_market: bool) -> None:
        """Take what the folder for manifests declares; there are many, and a path is as slow to make as to ask for."""
        if is_file(_joined(own, plugins.MANIFEST)):
            self.found.plugins.append(Path(folder))
        if is_shut(own):
            self.found.faults.append(plugins.shut(shown(own)))
        if has_market or is_file(_joined(own, marketplaces.FILE)):
            self.market(Path(folder))

    def market(self, folder: Path) -> None:
        """Take a marketplace; a lone root file only where it lists plugins or was asked for."""
        files = [] if folder.name == plugins.FOLDER else marketplaces.files(folder)
        if files and (files[0].parent != folder or folder == self.given or self.lists_plugins(folder, files[0])):
            self.found.markets.append((folder, files[0]))

    def lists_plugins(self, folder: Path, file: Path) -> bool:
        """Whether a file of that name is Claude Code's; in a dotted folder it is another's, in a plugin an example."""
        inner = folder.relative_to(self.given)
        above = (self.given / up / plugins.FOLDER for up in inner.parents)
        if any(part.startswith(".") for part in inner.parts) or any(map(is_folder, above)):
            return False
        data, _ = load_json(file, shown(file), self.limits)
        return isinstance(data.mapping().get("plugins"), list)

    def link(self, path: Path, inside_skill: bool) -> None:  # noqa: FBT001 - unpacked from the queue
        try:
            leads_to_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            if error.errno == errno.ELOOP and not inside_skill:
                self.fault(FaultKind.LINK_LOOP, path, "the link never ends at a file", "delete the link", is_mild=True)
            return
        if leads_to_folder:
            self.linked_folder(path, os.path.realpath(path), inside_skill=inside_skill)

    def linked_folder(self, path: Path, real: str, *, inside_skill: bool) -> None:
        own = os.path.realpath(path.parent)
        if Path(own).is_relative_to(real):
            if not inside_skill:
                fact = f"the link leads back to `{printable(Path(real).name)}`, a folder that holds it"
                self.fault(FaultKind.LINK_LOOP, path, fact, "delete the link", is_mild=own != real)
        elif Path(real).is_relative_to(os.path.realpath(self.given)):
            self.folders(path, inside_skill=inside_skill)
        elif is_file(path / NAME) and not inside_skill:
            self.found.outside.setdefault(real, path)

    def fault(self, kind: FaultKind, path: Path, fact: str, remedy: str, *, is_mild: bool = False) -> None:
        self.found.faults.append(Fault(kind, Place(shown(path)), fact, remedy, is_mild=is_mild))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder, or a link to one; the system is asked of links alone."""
    return entry.is_dir(follow_symlinks=False) or (entry.is_symlink() and is_folder(entry.path))


def _joined(folder: str, name: str) -> str:
    return f"{folder}{name}" if folder.endswith("/") else f"{folder}/{name}"
