"""Job → how it ended: one process of its own, started, watched and cleaned up."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import IO, Any

from skillcheck.runner.inside.importing import MOST, deadline, tail
from skillcheck.runner.leftovers import claimed, leftovers, prefix
from skillcheck.runner.waiting import wait

INSIDE = Path(__file__).with_name("inside")
OUTPUT = 64 * 1024
LONGEST = 64 << 20
GRACE = 5.0
MEBIBYTE = 1 << 20

# What programs need to read besides their interpreter: libraries, certificates, time zones and names.
READABLE = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/sys/devices/system/cpu", "/dev/urandom", "/dev/random"),
    "/sys/fs/cgroup",  # engines of databases look there for how much they may use, and fail if they see it and may not
    *(
        f"/etc/{name}"
        for name in ("ssl", "pki", "ca-certificates", "alternatives", "fonts", "ld.so.cache", "localtime")
    ),
    *(f"/etc/{name}" for name in ("passwd", "group", "hosts", "host.conf", "nsswitch.conf", "gai.conf", "resolv.conf")),
    *(f"/etc/{name}" for name in ("mime.types", "os-release", "services", "protocols", "timezone", "terminfo")),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one program may use: seconds of time, mebibytes of memory and of each file, open files, processes.

    `reserved` is false where memory counts only once it can be written: engines such as V8 reserve far more than that.
    """

    seconds: float = 10.0
    memory: int = 4096
    file_size: int = 256
    files: int = 512
    processes: int = 128
    reserved: bool = True

    def given(self) -> dict[str, int]:
        """Return the limits as the kernel takes them."""
        return {
            "memory": self.memory * MEBIBYTE,
            "file_size": self.file_size * MEBIBYTE,
            "files": self.files,
            "processes": self.processes,
            "reserved": int(self.reserved),
            "cpu": int((self.seconds + MOST) * 4) + 1,  # time on all cores together, far behind the deadline
        }


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: what it said of itself, the status of its process, and the last 64 KiB of what it wrote.

    `flood` is true where it was ended because it wrote without end, or where no more could be kept of what it wrote.
    `status` is negative for a signal and None where the process was never seen to end; `memory` is its peak in bytes.
    """

    said: Mapping[str, Any] = field(default_factory=dict)
    status: int | None = None
    timeout: bool = False
    memory: int = 0
    output: str = ""
    flood: bool = False

    @classmethod
    def of(cls, said: Mapping[str, Any], output: str) -> Ended:
        """Return how a job ended by what its process and its watcher said."""
        timeout, flood = bool(said.get("timeout")), bool(said.get("flood"))
        return cls(said, said.get("status"), timeout, int(said.get("memory") or 0), output, flood)

    @property
    def listening(self) -> bool:
        """Whether it was waiting for connections when its time was up."""
        return bool(self.said.get("listening"))

    @property
    def worked(self) -> float:
        """The seconds for which it used a core."""
        return float(self.said.get("worked") or 0)

    @property
    def isolation(self) -> tuple[str, ...]:
        """What the process was held by."""
        return tuple(self.said.get("isolation", ()))


@contextmanager
def private_folder(base: Path | None = None) -> Iterator[Path]:
    """Give an empty folder, below `base` if there is one, and remove it with all that a program left in it.

    One that is not below another is marked as in use; those that were left by processes since killed are removed first.
    """
    for left in leftovers() if base is None else ():
        remove(left)
    folder = Path(tempfile.mkdtemp(prefix=prefix(), dir=base))
    try:
        with claimed(folder) if base is None else nullcontext():
            yield folder.resolve()
    finally:
        remove(folder)


def remove(folder: Path) -> None:
    """Remove a folder with all that a program left in it, as far as that can be."""
    for parent, names, _ in os.walk(folder):
        for name in (".", *names):
            path = os.path.join(parent, name)  # noqa: PTH118 - pathlib would drop the dot
            if not os.path.islink(path):  # noqa: PTH114
                os.chmod(path, 0o700)  # noqa: PTH101 - a program may have taken its own rights away
    shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Sandbox:
    """Starts jobs in one interpreter; `readable` are further folders that they may read.

    Where a job is `watched`, a process of its own holds it and sees how it ends. Elsewhere this process waits for it,
    and limits are all that holds it.
    """

    python: str
    limits: Limits = Limits()
    network: bool = False
    readable: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    watched: bool = sys.platform == "linux"

    def run(self, folder: Path, job: Mapping[str, Any], *, seconds: float | None = None) -> Ended:
        """Do `job` with `folder` as working directory, home and place for temporary files; return how it ended."""
        allowed = seconds or self.limits.seconds
        seal = secrets.token_hex(16)
        files = tempfile.TemporaryFile
        with files() as report, files() as output:
            process, pipe = self._start(folder, report, output)
            with os.fdopen(pipe, "wb"), process:  # closed however this process ends, which ends the other
                with suppress(BrokenPipeError):  # what has ended at once has said so
                    send(pipe, self.whole(folder, job, allowed) | {"seal": seal})
                told = partial(_told, report.fileno(), seal.encode(), time.monotonic(), allowed)
                known = _wait(process, allowed + MOST + GRACE) if self.watched else _watch(process, told)
            said: dict[str, Any] = {}
            for line in _sealed(report, seal.encode()):
                said |= json.loads(line)
            said |= known
            if self._is_full(output):
                said["flood"] = True
            return Ended.of(said, _tail(output))

    def _is_full(self, output: IO[bytes]) -> bool:
        """Whether what was written is as much as a file may hold: the rest of it, perhaps why it ended, is lost."""
        return output.seek(0, os.SEEK_END) >= self.limits.file_size * MEBIBYTE

    def whole(self, folder: Path, job: Mapping[str, Any], deadline: float) -> dict[str, Any]:
        """Return `job` with all that says how it is done: where, for how long, and with what."""
        common = {
            "directory": str(folder),
            "network": self.network,
            "deadline": deadline,
            "limits": self.limits.given(),
            "readable": [*READABLE, *_prefixes(self.python), *self.readable, str(INSIDE)],
            "watched": self.watched,
            "writable": [],
        }
        return common | dict(job)

    def _start(self, folder: Path, report: IO[bytes], output: IO[bytes]) -> tuple[subprocess.Popen[bytes], int]:
        asked, pipe = os.pipe()
        process = subprocess.Popen(
            [self.python, "-P", "-s", str(INSIDE), str(report.fileno())],
            stdin=asked,
            stdout=output,
            stderr=output,
            env=self.environ(folder),
            pass_fds=(report.fileno(),),
            start_new_session=True,
        )
        os.close(asked)
        return process, pipe

    def environ(self, folder: Path) -> dict[str, str]:
        """Return the environment of a program whose folder this is: nothing of the caller's."""
        path = f"{Path(self.python).parent}:/usr/local/bin:/usr/bin:/bin"
        places = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": path}
        settled = {
            "USER": "skillcheck",
            "LOGNAME": "skillcheck",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
            "OPENBLAS_NUM_THREADS": "1",  # it starts them when it is imported, and what has any cannot be forked
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
        }
        return places | settled | {"PYTHONDONTWRITEBYTECODE": "1"} | dict(self.variables)


@cache
def _prefixes(python: str) -> tuple[str, str]:
    """Return where an interpreter's packages and its library lie."""
    return str(Path(python).parent.parent), str(Path(python).resolve().parent.parent)


def send(descriptor: int, job: Mapping[str, Any]) -> None:
    """Write `job` to a descriptor as one line; OSError where nobody reads it any more."""
    data = json.dumps(job).encode() + b"\n"
    while data:
        data = data[os.write(descriptor, data) :]


def _wait(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    try:
        wait(process, seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the watcher itself was stopped; the program ends with it
    return {}


def _told(report: int, seal: bytes, began: float, seconds: float) -> float:
    return deadline(began, seconds, tail(report), seal)


def _watch(process: subprocess.Popen[bytes], told: Callable[[], float]) -> dict[str, Any]:
    """Wait for a program that has no watcher, end it and its group, and return how it ended.

    `told` gives when its time is up, by what it has written so far.
    """
    ended = {"timeout": True}
    while ended and (left := told() - time.monotonic()) > 0:
        with suppress(subprocess.TimeoutExpired):
            wait(process, left)
            ended = {}
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter where none is left
        os.killpg(process.pid, signal.SIGKILL)
    return ended | {"status": process.wait()}


def _sealed(report: IO[bytes], seal: bytes) -> Iterator[bytes]:
    """Yield the lines that bear the seal; one without it the program has written there itself."""
    report.seek(0)
    for line in iter(lambda: report.readline(LONGEST), b""):
        if line.startswith(seal) and line.endswith(b"\n"):
            yield line.removeprefix(seal)


def _tail(output: IO[bytes]) -> str:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - OUTPUT))
    return output.read().decode(errors="replace")
