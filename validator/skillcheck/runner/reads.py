"""Files of data → which of them somebody reads meanwhile, whatever program that is."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from skillcheck.model import Role, Unit
from skillcheck.runner.layout import Lines, key

DATA = frozenset(
    {"json", "jsonc", "yaml", "toml", "ini", "xml", "html", "css", "dockerfile", "hcl"}
    | {"properties", "dotenv", "requirements", "nginx", "gitignore"}
)
"""Languages that nothing executes: what there is to a file of them is that a program reads it."""
_ACCESS, _ONCE = 0x1, 0x80000000  # IN_ACCESS, IN_ONESHOT of <sys/inotify.h>
_EVENT = struct.Struct("iIII")
_MOST = 1 << 16
Written = Mapping[str, tuple[Unit, ...]]


def is_data(unit: Unit) -> bool:
    """Whether the unit is a file that programs read and none executes."""
    return unit.role is Role.FILE and unit.language in DATA


def whole(unit: Unit) -> range:
    """Return the Markdown lines of a unit's text."""
    return range(unit.block.line, unit.block.line + max(unit.block.text.count("\n"), 1))


@contextmanager
def reads(written: Written) -> Iterator[Callable[[], Lines]]:
    """Watch the files of data among those written; give what returns all lines of each that was read since.

    The kernel tells of reads by any process. Where it cannot, none is told.
    """
    files = {path: unit for path, units in written.items() for unit in units if is_data(unit)}
    with _watched(list(files)) as read:
        yield lambda: {key(files[path]): set(whole(files[path])) for path in read()}


@contextmanager
def _watched(paths: Sequence[str]) -> Iterator[Callable[[], list[str]]]:
    """Give what returns those of the paths that were read since."""
    libc = ctypes.CDLL(None, use_errno=True) if paths else None
    descriptor = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC) if libc and hasattr(libc, "inotify_init1") else -1
    if libc is None or descriptor < 0:
        yield list
        return
    watches = {libc.inotify_add_watch(descriptor, os.fsencode(path), _ACCESS | _ONCE): path for path in paths}
    try:
        yield lambda: [watches[watch] for watch in dict.fromkeys(_told(descriptor)) if watch in watches]
    finally:
        os.close(descriptor)


def _told(descriptor: int) -> Iterator[int]:
    """Yield the watch of each event that waits: one a file, since a watch ends with its first."""
    with suppress(BlockingIOError):
        while data := os.read(descriptor, _MOST):
            while data:
                watch, mask, _, length = _EVENT.unpack_from(data)
                data = data[_EVENT.size + length :]
                if mask & _ACCESS:
                    yield watch
