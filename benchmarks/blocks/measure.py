"""A command → what it cost: seconds of wall and CPU, and peak memory, descendants included."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER of linux/prctl.h
EVERY = 0.02
MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call cost: seconds, CPU seconds, bytes of its largest process, and bytes of the whole tree if sampled.

    `status` is the exit status, negative for a signal; None where the call was ended at its deadline.
    """

    wall: float
    cpu: float
    largest: int
    tree: int
    status: int | None
    output: str


def adopt_orphans() -> None:
    """Make this process the parent of orphaned descendants, so that their CPU time is counted too; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def measure(
    command: Sequence[str], folder: Path, variables: Mapping[str, str], deadline: float, *, sampled: bool = False
) -> Cost:
    """Call `command` in `folder`, ended after `deadline` seconds, and return what it cost.

    CPU time is that of the waited-for descendants. With `sampled`, the proportional set sizes of all descendants are
    summed every 20 ms, which costs time itself: such a call is not to be timed.
    """
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the commands are the benchmark's own
            command,
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        ended = threading.Event()
        watch = threading.Timer(deadline, _end, (process.pid, ended))
        watch.start()
        peaks: list[int] = [0]
        sampler = threading.Thread(target=_sample, args=(ended, watch, peaks))
        if sampled:
            sampler.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        late = ended.is_set()
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.cancel()
        if sampled:
            sampler.join()
        orphans = _reap()
        output.seek(0)
        text = output.read().decode(errors="replace")
    cpu = used.ru_utime + used.ru_stime + orphans
    return Cost(wall, cpu, used.ru_maxrss * 1024, peaks[0], None if late else process.returncode, text)


def _end(pid: int, ended: threading.Event) -> None:
    ended.set()
    os.killpg(pid, signal.SIGKILL)


def _sample(ended: threading.Event, watch: threading.Timer, peaks: list[int]) -> None:
    while not ended.is_set() and not watch.finished.wait(EVERY):
        peaks[0] = max(peaks[0], sum(_proportional(pid) for pid in _descendants(os.getpid())))


def _reap() -> float:
    """Wait for orphans that have come to us, and return their CPU seconds."""
    spent = 0.0
    while True:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return spent
        if pid == 0:
            return spent
        spent += used.ru_utime + used.ru_stime


def _descendants(ancestor: int) -> Iterator[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has just ended
        children.setdefault(parent, []).append(int(path.parent.name))
    waiting = list(children.get(ancestor, ()))
    while waiting:
        pid = waiting.pop()
        yield pid
        waiting += children.get(pid, ())


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
