"""Key → result, in a folder that processes share: only whole, own and fresh results come back."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from skillcheck.disk.grounds import Grounds

FORMAT = 1
MEBIBYTE = 1 << 20
BUCKETS = tuple(f"{number:02x}" for number in range(256))
OLDEST = 30 * 24 * 3600  # time is an input that no key can hold: what passed a month ago is run again
ABANDONED = 3600
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """How many results a cache holds, their size in bytes, and the folder where they lie."""

    entries: int
    bytes: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Cache:
    """Results by their keys, in files below `folder` that together take at most `limit` bytes.

    Many processes may share it, and each may be killed at any moment: a file that is not whole, not this user's or
    not of this format is a miss. Nothing here raises for what lies in the folder, and nothing waits. `grounds` are told
    of what is given, and of what could not be kept.
    """

    folder: Path
    limit: int = 256 * MEBIBYTE
    grounds: Grounds | None = field(default=None, repr=False, compare=False)

    @property
    def share(self) -> int:
        """What each of the folders may take; also the size of the largest result that is kept."""
        return self.limit // len(BUCKETS)

    def get(self, name: str) -> bytes | None:
        """Return what was put under the key `name`, None if it is not there."""
        with contextlib.suppress(OSError), self._bucket(name) as bucket:
            body, made = _body(name, _content(bucket, name, self.share))
            if body is not None and self.grounds:
                self.grounds.ages.append(made)
            with contextlib.suppress(OSError):  # a cache that cannot be written is still one to read
                if body is None:
                    os.unlink(name, dir_fd=bucket)
                else:
                    os.utime(name, dir_fd=bucket, follow_symlinks=False)
            return body
        return None

    def put(self, name: str, body: bytes) -> None:
        """Keep `body` under the key `name`; what was used longest ago makes room for it."""
        entry = _entry(name, int(time.time()), body)
        if len(entry) > self.share:
            self.lose()
            return
        try:
            (self.folder / name[:2]).mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._bucket(name) as bucket:
                _write(bucket, name, entry)
                _prune(bucket, self.share)
        except OSError:
            self.lose()

    def lose(self) -> None:
        """Note that something was measured which is not kept."""
        if self.grounds:
            self.grounds.lose()

    def info(self) -> CacheInfo:
        """Return how much is kept."""
        sizes = [known.st_size for bucket in self._buckets() for name, known in _listed(bucket) if _is_entry(name)]
        return CacheInfo(len(sizes), sum(sizes), self.folder)

    def clear(self) -> int:
        """Remove all results, and nothing else; return how many there were."""
        removed = 0
        for bucket in self._buckets():
            for name, _ in list(_listed(bucket)):
                removed += _removed(bucket, name) and _is_entry(name)
        for bucket_name in BUCKETS:
            with contextlib.suppress(OSError):
                (self.folder / bucket_name).rmdir()
        return removed

    @contextlib.contextmanager
    def _bucket(self, name: str) -> Iterator[int]:
        handle = os.open(self.folder / name[:2], os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            yield handle
        finally:
            os.close(handle)

    def _buckets(self) -> Iterator[int]:
        for name in BUCKETS:
            with contextlib.suppress(OSError), self._bucket(name) as bucket:
                yield bucket


def _entry(name: str, made: int, body: bytes) -> bytes:
    head = f"skillcheck {FORMAT} {made}"
    seal = hashlib.sha256(f"{name} {head}\n".encode() + body).hexdigest()
    return f"{head} {seal}\n".encode() + body


def _body(name: str, entry: bytes) -> tuple[bytes | None, int]:
    """Return what was put under the key, None unless it is whole and fresh, and the second when that was."""
    head, _, body = entry.partition(b"\n")
    try:
        made = int(head.split()[2])
    except (LookupError, ValueError):
        return None, 0
    fresh = 0 <= int(time.time()) - made <= OLDEST
    return (body if fresh and entry == _entry(name, made, body) else None), made


def _content(bucket: int, name: str, largest: int) -> bytes:
    """Return the file's content, nothing if it is too large, not a file or not this user's own."""
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=bucket)
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode) or known.st_uid != os.geteuid() or known.st_size > largest:
            return b""
        with open(handle, "rb", closefd=False) as file:
            return file.read(largest)
    finally:
        os.close(handle)


def _write(bucket: int, name: str, entry: bytes) -> None:
    temporary = f".{name}.{os.urandom(8).hex()}"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=bucket)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(entry)
        os.rename(temporary, name, src_dir_fd=bucket, dst_dir_fd=bucket)
    except OSError:
        os.unlink(temporary, dir_fd=bucket)
        raise


def _prune(bucket: int, share: int) -> None:
    found = sorted(_listed(bucket), key=lambda item: item[1].st_mtime_ns)
    total = sum(known.st_size for name, known in found if _is_entry(name))
    for name, known in found:
        if _is_entry(name):
            if total > share and _removed(bucket, name):
                total -= known.st_size
        elif time.time() - known.st_mtime > ABANDONED:
            _removed(bucket, name)


def _listed(bucket: int) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a folder that are a cache's: results, and the halves that killed processes left."""
    with os.scandir(bucket) as listing:
        for item in listing:
            if _is_entry(item.name.removeprefix(".")[:KEY_LENGTH]) and item.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):  # another process was quicker to remove it
                    yield item.name, item.stat(follow_symlinks=False)


def _is_entry(name: str) -> bool:
    return len(name) == KEY_LENGTH and set(name) <= set("0123456789abcdef")


def _removed(bucket: int, name: str) -> bool:
    try:
        os.unlink(name, dir_fd=bucket)
    except OSError:
        return False
    return True
