"""What a result rests on → its key → the result as it was measured: what need not be run again."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn

from skillcheck.model import Block, Cause, CauseKind, Directive, Environment, Place, Program, TestRun, Unit
from skillcheck.model.data import Json
from skillcheck.runner.layout import Key, key
from skillcheck.runner.sandbox import Limits

FORMAT = 1
MEBIBYTE = 1 << 20
BUCKETS = tuple(f"{number:02x}" for number in range(256))
OLDEST = 30 * 24 * 3600  # time is an input that no key can hold: what passed a month ago is run again
ABANDONED = 3600
TREE_FILES, TREE_BYTES = 4096, 64 * MEBIBYTE
KEY_LENGTH = 64

# What a run does not see. Every other field is part of the key, and so are those that the model will gain.
LEFT_OUT: Mapping[type, frozenset[str]] = {
    Program: frozenset({"unbound", "imports", "calls"}),
    Unit: frozenset({"faults"}),
    Block: frozenset({"info", "headings", "intro", "closed", "in_container"}),
    Directive: frozenset({"faults", "place"}),
    Environment: frozenset({"python", "requirements", "modules"}),
}

# What changes where tools, libraries and time zones are installed, which programs may use.
MACHINE = (
    *("/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/lib", "/usr/local/lib", "/usr/share"),
    *("/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/passwd", "/etc/group", "/etc/localtime", "/etc/mime.types"),
)

# Failures that come of the text and of what is installed; any other exception may be one of load, time or files.
STABLE = frozenset({CauseKind.SYNTAX, CauseKind.UNBOUND_NAME, CauseKind.MISSING_MODULE, CauseKind.MISSING_ATTRIBUTE})
STABLE_TYPES = frozenset({"TypeError", "AttributeError"})
INSTALLERS_OWN = ("/INSTALLER", "/REQUESTED", "/RECORD", "/direct_url.json", "/uv_cache.json", "/uv_build.json")

Lines = Mapping[Key, AbstractSet[int]]
Known = dict[int, tuple[Unit, str]]
Stamp = tuple[int, int]


def key_of(parts: Mapping[str, Json]) -> str:
    """Return the SHA-256 of `parts` in hexadecimal; the order of keys does not matter, all else does."""
    text = json.dumps(dict(parts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object, known: Known) -> Json:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case Mapping():
            return {str(name): _plain(part, known) for name, part in value.items()}
        case tuple() | list():
            return [_plain(part, known) for part in value]
        case Unit():
            if id(value) not in known:
                known[id(value)] = value, key_of(_fields(value, known))
            return known[id(value)][1]
    return _fields(value, known)


def _fields(value: object, known: Known) -> dict[str, Json]:
    kind: type[Any] = type(value)
    names = (part.name for part in fields(kind) if part.name not in LEFT_OUT.get(kind, ()))
    return {name: _plain(getattr(value, name), known) for name in names}


def _stamp(path: str | Path) -> Stamp | None:
    try:
        known = os.stat(path)  # noqa: PTH116 - done for each of many files
    except OSError:
        return None
    return known.st_size, known.st_mtime_ns


def _stamps(paths: Sequence[str | Path]) -> list[Stamp | None]:
    return [_stamp(path) for path in paths]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# What runs a program and reads how it ended; stamped and read when this process begins, as its code is.
PACKAGE = Path(__file__).parents[1]
SOURCES = tuple(sorted(path for room in ("model", "blocks", "runner") for path in (PACKAGE / room).rglob("*.py")))
BEGUN = _stamps(SOURCES)
OWN = key_of({path.relative_to(PACKAGE).as_posix(): _hash(path) for path in SOURCES})


@dataclass(frozen=True, slots=True)
class Around:
    """All that a result rests on besides the program; `digest` is None where that cannot be known.

    `readable` are folders that the programs may read. What nothing keeps from reading or connecting where it likes
    rests on more than can be named, so the digest takes Landlock, and namespaces or seccomp.
    """

    environment: Environment
    isolation: tuple[str, ...]
    readable: tuple[Path, ...] = ()
    digest: str | None = None
    units: Known = field(default_factory=dict, repr=False, compare=False)

    @property
    def steady(self) -> bool:
        """Whether all is still as it was; what was run while it changed must not be kept."""
        return self.digest is not None and self.digest == _digest(self.environment, self.isolation, self.readable)

    def program_key(
        self, program: Program, limits: Limits, *, network: bool = False, alone: bool = False
    ) -> str | None:
        """Return the key of a run of `program`, None where its result must not be kept."""
        if self.digest is None or network or "network" in program.unit.block.directive.options:
            return None
        parts = {"program": _plain(program, self.units), "limits": _plain(limits, {}), "alone": alone}
        return key_of(parts | {"around": self.digest})

    def suite_key(
        self, skill: str, shown: str, files: Sequence[Unit], limits: Limits, *, network: bool = False
    ) -> str | None:
        """Return the key of a session of the tests shown as `shown`, over the project made of `files`."""
        if self.digest is None or network:
            return None
        parts = {"skill": skill, "shown": shown, "files": _plain(tuple(files), self.units)}
        return key_of(parts | {"limits": _plain(limits, {}), "around": self.digest})

    def probe_key(self, job: Mapping[str, Json]) -> str | None:
        """Return the key of what the environment's interpreter answers to `job`."""
        return None if self.digest is None else key_of({"job": dict(job), "around": self.digest})


def around(environment: Environment, isolation: Sequence[str], readable: Sequence[Path] = ()) -> Around:
    """Return what programs rest on that run in `environment`, held by `isolation`."""
    held, folders = tuple(isolation), tuple(readable)
    return Around(environment, held, folders, _digest(environment, held, folders))


def _digest(environment: Environment, isolation: tuple[str, ...], readable: tuple[Path, ...]) -> str | None:
    contained = "landlock" in isolation and not {"namespaces", "seccomp"}.isdisjoint(isolation)
    if environment.error or not contained or _stamps(SOURCES) != BEGUN:
        return None
    system, inputs = os.uname(), [_tree(folder) for folder in readable]
    parts: dict[str, Json] = {
        "format": FORMAT,
        "runner": OWN,
        "host": sys.version,
        "platform": [sys.platform, system.machine, *system.release.split(".")[:2]],
        "machine": _plain(_stamps(MACHINE), {}),
        "user": os.getuid(),
        "isolation": list(isolation),
        "environment": _fields(environment, {}),
        "interpreter": _plain(_stamp(environment.python), {}),
        "installed": _installed(environment.python),
        "inputs": None if None in inputs else list(inputs),
    }
    return None if None in parts.values() else key_of(parts)


def _installed(python: str) -> str | None:
    prefix = Path(python).parent.parent
    try:
        settings = (prefix / "pyvenv.cfg").read_text(encoding="utf-8")
        (site,) = prefix.glob("lib/python*/site-packages")
        changed = site.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    return _distributions(site, changed) if "include-system-site-packages = false" in settings else None


@functools.lru_cache(maxsize=64)
def _distributions(site: Path, _changed: int) -> str | None:
    """Return what is installed by the hashes that its installer recorded, None where some of it lies elsewhere."""
    parts: dict[str, Json] = {"": [*sorted(os.listdir(site))]}  # noqa: PTH208
    try:
        for path in site.glob("*.dist-info"):
            origin = path / "direct_url.json"
            if origin.exists() and b'"editable"' in origin.read_bytes():
                return None
            parts[path.name] = [*_recorded((path / "RECORD").read_text(encoding="utf-8"))]
        for path in site.glob("*.pth"):
            lines = path.read_text(encoding="utf-8").splitlines()
            if any(line.strip() and not line.startswith(("import ", "import\t", "#")) for line in lines):
                return None
            parts[path.name] = [*lines]
    except (OSError, ValueError):
        return None
    return key_of(parts)


def _recorded(record: str) -> Iterator[str]:
    """Yield the lines of a RECORD that tell of the distribution, not of where and how it was installed."""
    for line in sorted(record.splitlines()):
        if not line.startswith(("../", "/")) and not line.partition(",")[0].endswith(INSTALLERS_OWN):
            yield line


def _tree(folder: Path) -> str | None:
    """Return the digest of all that can be read below `folder`, None where it is too much or leads out of it."""
    parts: dict[str, Json] = {}
    left = TREE_BYTES
    try:
        for parent, names, files in os.walk(folder, onerror=_refuse):
            for name in (*names, *files):
                path = Path(parent, name)
                known = path.lstat()
                left -= known.st_size
                part = _leaf(path, known.st_mode, folder) if left >= 0 and len(parts) < TREE_FILES else None
                if part is None:
                    return None
                parts[path.relative_to(folder).as_posix()] = [stat.S_IMODE(known.st_mode), part]
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError up to Python 3.12
        return None
    return key_of(parts)


def _refuse(error: OSError) -> NoReturn:
    raise error


def _leaf(path: Path, mode: int, folder: Path) -> str | None:
    if stat.S_ISLNK(mode):
        return f"to {path.readlink()}" if path.resolve().is_relative_to(folder.resolve()) else None
    if stat.S_ISDIR(mode):
        return "folder"
    return _hash(path) if stat.S_ISREG(mode) else None


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
    not of this format is a miss. Nothing here raises for what lies in the folder, and nothing waits.
    """

    folder: Path
    limit: int = 256 * MEBIBYTE

    @property
    def share(self) -> int:
        """What each of the folders may take; also the size of the largest result that is kept."""
        return self.limit // len(BUCKETS)

    def get(self, name: str) -> bytes | None:
        """Return what was put under the key `name`, None if it is not there."""
        with contextlib.suppress(OSError), self._bucket(name) as bucket:
            body = _body(name, _content(bucket, name, self.share))
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
            return
        with contextlib.suppress(OSError):
            (self.folder / name[:2]).mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._bucket(name) as bucket:
                _write(bucket, name, entry)
                _prune(bucket, self.share)

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


def _body(name: str, entry: bytes) -> bytes | None:
    head, _, body = entry.partition(b"\n")
    try:
        made = int(head.split()[2])
    except (LookupError, ValueError):
        return None
    fresh = 0 <= int(time.time()) - made <= OLDEST
    return body if fresh and entry == _entry(name, made, body) else None


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
    temporary = f".{name}.{secrets.token_hex(8)}"
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


@dataclass(frozen=True, slots=True)
class Record:
    """What one run of a program gave; `owner` is the unit at whose line it failed."""

    cause: Cause | None = None
    owner: Unit | None = None
    duration: float = 0.0
    output: str = ""
    isolation: tuple[str, ...] = ()
    lines: Lines = field(default_factory=dict)


def remember(cache: Cache, surroundings: Around, name: str, record: Record) -> None:
    """Keep a run that passed, or failed as it will each time, unless the surroundings changed meanwhile."""
    if not _is_stable(record.cause) or record.isolation != surroundings.isolation or not surroundings.steady:
        return
    told: dict[str, Json] = {
        "cause": _fields(record.cause, {}) if record.cause else None,
        "owner": [*key(record.owner)] if record.owner else None,
        "duration": record.duration,
        "output": record.output,
        "isolation": list(record.isolation),
        "lines": _listed_lines(record.lines),
    }
    cache.put(name, json.dumps(told).encode())


def recall(cache: Cache, name: str, program: Program) -> Record | None:
    """Return the run of `program` that is kept under its key, None without one."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        units = {key(unit): unit for unit in (*program.files, *program.context, program.unit)}
        owner = units[tuple(told["owner"])] if told["owner"] else None
        cause = _cause(told["cause"]) if told["cause"] else None
        lines = _lines(told["lines"])
        return Record(cause, owner, told["duration"], told["output"], tuple(told["isolation"]), lines)
    except (LookupError, TypeError, ValueError):
        return None


def remember_tests(cache: Cache, surroundings: Around, name: str, run: TestRun, lines: Lines) -> None:
    """Keep a session of which each test passed, unless the surroundings changed meanwhile."""
    if run.error or run.failures or run.skipped or not run.passed or not surroundings.steady:
        return
    told = {"passed": run.passed, "duration": run.duration, "lines": _listed_lines(lines)}
    cache.put(name, json.dumps(told).encode())


def recall_tests(cache: Cache, name: str, skill: str, place: Place) -> tuple[TestRun, dict[Key, set[int]]] | None:
    """Return the session that is kept under its key, and the lines that it executed."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        return TestRun(skill, place, told["passed"], duration=told["duration"]), _lines(told["lines"])
    except (LookupError, TypeError, ValueError):
        return None


def remember_answer(cache: Cache, surroundings: Around, name: str, said: Mapping[str, Json]) -> None:
    """Keep what a probe said, if it came to its end, unless the surroundings changed meanwhile."""
    told = {part: said.get(part) for part in ("parsed", "resolved")}
    ended = said.get("status") == 0 and said.get("isolation") == list(surroundings.isolation)
    if ended and None not in told.values() and surroundings.steady:
        cache.put(name, json.dumps(told).encode())


def recall_answer(cache: Cache, name: str) -> Mapping[str, Any] | None:
    """Return what a probe said that is kept under its key, None without it."""
    try:
        told = json.loads(cache.get(name) or b"{}")
        return {part: told[part] for part in ("parsed", "resolved")}
    except (LookupError, TypeError, ValueError):
        return None


def _is_stable(cause: Cause | None) -> bool:
    if cause is None or cause.kind in STABLE:
        return True
    return cause.kind is CauseKind.EXCEPTION and cause.fact.partition(":")[0] in STABLE_TYPES


def _cause(told: Mapping[str, Any]) -> Cause:
    return Cause(CauseKind(told["kind"]), Place(**told["place"]), told["fact"], told["remedy"])


def _listed_lines(lines: Lines) -> list[Json]:
    return [[document, index, [*sorted(seen)]] for (document, index), seen in lines.items()]


def _lines(told: list[tuple[str, int, list[int]]]) -> dict[Key, set[int]]:
    return {(document, index): set(seen) for document, index, seen in told}
