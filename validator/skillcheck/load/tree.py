"""Folder on disk -> its files, listed without opening any of them."""

from __future__ import annotations

import errno
import os
import posixpath
import stat
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field
from functools import partial
from operator import attrgetter
from pathlib import Path

from skillcheck.disk import SKIPPED, is_within, trusted_root
from skillcheck.load.limits import Limits
from skillcheck.model import Fault, FaultKind, File, Place
from skillcheck.model.lean import dataclass

_MAX_DEPTH = 100
_MORE = 1 << 16  # bytes, of a file that has grown or does not tell its size
_NAME = attrgetter("name")
_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(slots=True)
class Tree:
    """The files below one folder and what kept others from being listed."""

    files: list[File] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as the user sees it: relative to the working directory, or as given where it is outside."""
    return shown_from(os.getcwd(), os.path.abspath(path), path)  # noqa: PTH100, PTH109 - done for each of many folders


def shown_from(here: str, absolute: str, path: str | os.PathLike[str]) -> str:
    """Return a path as the user sees it, given the working directory and its absolute path."""
    if absolute == here:
        return "."
    prefix = here if here.endswith("/") else f"{here}/"
    if absolute.startswith(prefix):
        return printable(absolute.removeprefix(prefix))
    return printable(path.as_posix() if isinstance(path, Path) else Path(path).as_posix())


def printable(name: str) -> str:
    """Return a file name as text: bytes that are not UTF-8 become U+FFFD."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def below(path: str, name: str) -> str:
    """Return how a file in a folder is shown, given how the folder is."""
    return name if path == "." else f"{path}/{name}"


def _real_root(folder: str, given: Path) -> str:
    return os.path.realpath(trusted_root(Path(folder), given))


def tree(folder: str, real: str, path: str, given: Path, limits: Limits) -> Tree:
    """List the files of `folder`, whose real path is `real`, shown below `path`.

    The folder's own path is absolute. Links may lead anywhere inside its trusted root.
    """
    found = Tree()
    walker = _Walker(found, partial(_real_root, folder, given), limits.max_files)
    walker.walk(folder, path, "", (real,))
    return found


_UNSAVED: ContextVar[Mapping[str, bytes] | None] = ContextVar("_UNSAVED", default=None)


@contextmanager
def unsaved(texts: Mapping[str, bytes]) -> Iterator[None]:
    """Meanwhile read these files, named by their absolute paths, as an editor holds them."""
    token = _UNSAVED.set(texts)
    try:
        yield
    finally:
        _UNSAVED.reset(token)


class EscapingError(OSError):
    """A link leads out of the folder that is checked."""


def read_file(path: str, roots: Collection[str] = ()) -> bytes:
    """Read a regular file; raise OSError for anything else, EscapingError where links lead out of `roots`."""
    held = _UNSAVED.get()
    if held and (content := held.get(os.path.abspath(path))) is not None:  # noqa: PTH100 - an editor names links as such
        return content
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        status = os.fstat(descriptor)  # of what is open, whatever lies there by now
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        if roots and not _stays(descriptor, path, roots):
            raise EscapingError(errno.EXDEV, "it is a link out of the folder that is checked", path)
        return _whole(descriptor, status.st_size)
    finally:
        os.close(descriptor)


def _stays(descriptor: int, path: str, roots: Collection[str]) -> bool:
    """Whether what is open lies in one of the folders; the kernel tells it at once, where it is asked and knows it."""
    try:
        told = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - asked of each manifest
    except OSError:
        told = ""
    return is_within(told, roots) or is_within(os.path.realpath(path), roots)


def _whole(descriptor: int, size: int) -> bytes:
    """Read a file to its end; a file object takes as long to be made as most files to be read."""
    parts = [os.read(descriptor, size + 1)]
    while more := os.read(descriptor, _MORE):
        parts.append(more)
    return b"".join(parts)


def entries(folder: str | Path) -> list[os.DirEntry[str]]:
    """Return what a folder holds by name, without what nobody wrote; raise OSError where it cannot be read."""
    with os.scandir(folder) as scan:
        return sorted([entry for entry in scan if entry.name not in SKIPPED], key=_NAME)


def may_hold(folder: str | Path) -> Callable[[str], bool]:
    """Return what says of a name whether a folder may hold it, which costs less than to ask the system for each.

    In what case a name is written does not count, as it does not on some systems.
    """
    try:
        names = {name.lower() for name in os.listdir(folder)}  # noqa: PTH208 - asked of each plugin
    except OSError:
        return lambda _: True
    return lambda name: name.lower() in names


@dataclass(slots=True)
class _Walker:
    tree: Tree
    root: Callable[[], str]  # asked only where there are links: few skills have any
    left: int

    def walk(self, folder: str, path: str, prefix: str, above: tuple[str, ...]) -> None:
        try:
            found = entries(folder)
        except OSError as error:
            self.fault(
                FaultKind.UNREADABLE, path, f"the folder cannot be read: {error.strerror}", "mend its permissions"
            )
            return
        for entry in found:
            self.left -= 1
            if self.left < 0:
                self.full(path)
                return
            name = printable(entry.name)
            self.entry(entry, below(path, name), prefix + name, above)

    def full(self, path: str) -> None:
        if self.left == -1:
            fact = "the skill holds more files than are read"
            self.fault(FaultKind.TOO_MANY_FILES, path, fact, "move what the skill does not need out of its folder")

    def entry(self, entry: os.DirEntry[str], path: str, relative: str, above: tuple[str, ...]) -> None:
        target = printable(str(Path(entry.path).readlink())) if entry.is_symlink() else None
        try:
            status = entry.stat()
        except OSError as error:
            self.fault(*_broken(path, target, error))
            return
        if target is not None and self.escapes(entry.path, path, target):
            return
        if stat.S_ISDIR(status.st_mode):
            real = os.path.realpath(entry.path) if target is not None else os.path.join(above[-1], entry.name)  # noqa: PTH118
            self.folder(entry, path, relative, (*above, real))
        elif stat.S_ISREG(status.st_mode):
            read = partial(read_file, entry.path)
            executable = bool(status.st_mode & stat.S_IXUSR)
            self.tree.files.append(File(relative, Place(path), status.st_size, read, executable, target))
        else:
            kind = _KINDS.get(stat.S_IFMT(status.st_mode), "no file")
            self.fault(FaultKind.UNREADABLE, path, f"{kind}, not a file, and is not read", "delete it")

    def escapes(self, location: str, path: str, target: str) -> bool:
        if is_within(os.path.realpath(location), [self.root()]):
            return False
        fact = f"the link points at `{target}`, outside the folder that is checked"
        self.fault(FaultKind.LINK_ESCAPES, path, fact, "copy the file into the skill")
        return True

    def folder(self, entry: os.DirEntry[str], path: str, relative: str, above: tuple[str, ...]) -> None:
        *outer, real = above
        if real in outer:
            location, path = _link_to(entry.path, path)
            fact = (
                f"the link leads back to `{printable(Path(os.path.realpath(location)).name)}`, a folder that holds it"
            )
            self.fault(FaultKind.LINK_LOOP, path, fact, "delete the link")
            return
        if len(outer) > _MAX_DEPTH:
            fact = f"folders nested deeper than {_MAX_DEPTH} levels are not read"
            self.fault(FaultKind.TOO_MANY_FILES, path, fact, "flatten the folders")
            return
        self.walk(entry.path, path, f"{relative}/", above)

    def fault(self, kind: FaultKind, path: str, fact: str, remedy: str) -> None:
        self.tree.faults.append(Fault(kind, Place(path), fact, remedy))


def _link_to(location: str, path: str) -> tuple[str, str]:
    """Return where the link lies that led to a folder, and how it is shown: it may be far above."""
    while not os.path.islink(location) and len(location) > 1:  # noqa: PTH114 - as above
        location, path = posixpath.dirname(location), posixpath.dirname(path)
    return location, path


def _broken(path: str, target: str | None, error: OSError) -> tuple[FaultKind, str, str, str]:
    if error.errno == errno.ELOOP:
        return FaultKind.LINK_LOOP, path, f"the link to `{target}` never ends at a file", "delete the link"
    if target is not None:
        fact = f"the link points at `{target}`, which does not exist"
        return FaultKind.NOT_FOUND, path, fact, "point it at what is there, or delete it"
    return FaultKind.UNREADABLE, path, f"cannot be read: {error.strerror}", "mend its permissions"
