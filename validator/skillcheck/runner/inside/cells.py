"""Jobs on one descriptor → cells that do them, one after another, in namespaces of their own → outcomes on another.

A cell is a fork of the warm process, the first of its process namespace. It takes on what all programs are held by and
forks for each of them; what they leave running is killed before it says that they have ended. It does another
program only while nothing of those before is left to be found: else it ends, with all that is in it.
"""

from __future__ import annotations

import json
import os
import select
import signal
from dataclasses import dataclass
from typing import Any, NoReturn

import confine  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
from syscalls import OPEN, refuse  # type: ignore[import-not-found]
from tending import CHUNK, Ground, Tender, remove, write  # type: ignore[import-not-found]

Job = dict[str, Any]
AGAIN, ONCE = b"+", b"-"
"""How the answer of a cell begins: it can do another job, or it cannot."""
TOLD = (*(f"/proc/self/net/{name}" for name in ("dev", "unix", "snmp", "snmp6")), "/proc/self/limits")
LAST = "/proc/sys/kernel/ns_last_pid"
MOST_RULES = 16


@dataclass(slots=True)
class Cell:
    """A cell from outside: its first process, the descriptors to and from it, and the job that it does."""

    pid: int
    asks: int
    answers: int
    processes: int
    job: Job | None = None
    told: bytes = b""


class Cells:
    """The loop: one thread, one poll, as many cells as there are jobs at a time."""

    def __init__(self, jobs: int, results: int, readable: list[str]) -> None:
        """Make one that reads jobs from the first descriptor and writes results to the second.

        `readable` is what most programs may read: each cell has it open already.
        """
        self.jobs, self.results, self.readable = jobs, results, readable
        self.poll = select.poll()
        self.poll.register(jobs, select.POLLIN)
        self.cells: dict[int, Cell] = {}
        self.pending = b""
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def loop(self) -> None:
        """Serve until the jobs' descriptor is closed; cells that still work then are ended."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor != self.jobs:
                    self._heard(self.cells[descriptor])
                elif not self._take():
                    for cell in [*self.cells.values()]:
                        self._close(cell)
                        if cell.job is not None:
                            remove(cell.job["directory"])
                    return

    def _take(self) -> bool:
        data = os.read(self.jobs, CHUNK)
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            job = json.loads(line)
            free = (cell for cell in self.cells.values() if cell.job is None)
            cell = next((cell for cell in free if cell.processes == job["limits"]["processes"]), None)
            cell = cell or self._open(job["limits"]["processes"])
            cell.job = job
            try:
                write(cell.asks, line + b"\n")
            except BrokenPipeError:
                continue  # it has ended, which its other descriptor tells
        return bool(data)

    def _open(self, processes: int) -> Cell:
        asked, asks = os.pipe()
        answers, answer = os.pipe()
        confine.libc.unshare(confine.NEWPID)
        first = os.fork()
        if first == 0:
            _begin(asked, answer, processes, self.readable)
        confine.libc.setns(self.own, confine.NEWPID)
        os.close(asked)
        os.close(answer)
        cell = self.cells[answers] = Cell(first, asks, answers, processes)
        self.poll.register(answers, select.POLLIN)
        return cell

    def _heard(self, cell: Cell) -> None:
        data = os.read(cell.answers, CHUNK)
        cell.told += data
        if data and not data.endswith(b"\n"):
            return
        if not data:
            cell.told = ONCE + _unknown(cell.job) if cell.job is not None else ONCE
        begin, answer = cell.told[:1], cell.told[1:]
        cell.job, cell.told = None, b""
        if begin != AGAIN:
            self._close(cell)
        write(self.results, answer)

    def _close(self, cell: Cell) -> None:
        """End a cell and all that is in it; its first process ends only when all others have."""
        self.poll.unregister(cell.answers)
        del self.cells[cell.answers]
        os.kill(cell.pid, signal.SIGKILL)
        os.waitpid(cell.pid, 0)
        os.close(cell.asks)
        os.close(cell.answers)


def _unknown(job: Job) -> bytes:
    """Return the answer for a job that nothing more is known of."""
    return json.dumps({"id": job["id"]}).encode() + b"\n"


def _begin(asked: int, answer: int, processes: int, readable: list[str]) -> NoReturn:
    """Be the first process of a cell."""
    confine.die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # without a handler, no program can send it
    low, high = sorted((asked, answer))
    for begin, end in ((3, low), (low + 1, high), (high + 1, 4096)):
        os.closerange(begin, end)
    confine.own_network()
    confine.own_names()
    confine.own_process_numbers(processes)
    confine.keep_open(readable)
    trace = Trace()
    filtered = refuse(confine.libc, OPEN)

    def hold(job: Job) -> list[str]:
        confine.libc.unshare(confine.NEWIPC)
        held: list[str] = confine.hold(job, namespaces=True, filtered=filtered)
        return held

    def kill(_: int) -> None:
        os.kill(-1, signal.SIGKILL)

    ground = Ground(hold, kill, confine.sweep_namespace, trace.told, Rules().ready, confine.seeks)
    Tender(asked, answer, ground).loop()
    os._exit(0)


class Rules:
    """Rulesets of Landlock by what they name: programs that get the same folder, one after another, share one."""

    def __init__(self) -> None:
        """Have none yet."""
        self.made: dict[str, int] = {}

    def ready(self, job: Job) -> None:
        """Give a job its ruleset."""
        known = os.stat(job["directory"])  # noqa: PTH116 - pathlib would stay loaded in the programs
        named = [job[part] for part in ("directory", "readable", "writable", "network")]
        key = repr((known.st_dev, known.st_ino, named))
        if key not in self.made:
            if len(self.made) >= MOST_RULES:
                self._close()
            self.made[key] = confine.ruleset(job, namespaces=True)
        job["ruleset"] = self.made[key]

    def _close(self) -> None:
        for descriptor in self.made.values():
            if descriptor >= 0:
                os.close(descriptor)
        self.made.clear()


class Trace:
    """What programs could leave behind in a cell though all their processes have ended."""

    def __init__(self) -> None:
        """Note what it looks like before the first."""
        self.files = [os.open(path, os.O_RDONLY | os.O_CLOEXEC) for path in TOLD]
        self.before = self._look()
        try:
            self.last = os.open(LAST, os.O_WRONLY | os.O_CLOEXEC)
        except OSError:  # a kernel that cannot be told where to go on counting
            self.last = -1

    def _look(self) -> list[Any]:
        """Return what tells of packets that were sent, of names that are taken, and of how this process is bound."""
        read = [os.pread(file, CHUNK, 0) for file in self.files]
        return [*read, os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), os.sched_getaffinity(0)]

    def told(self) -> bytes:
        """Return whether the next program will find what the first one found; process numbers begin anew for it."""
        if self.last < 0 or self._look() != self.before:
            return ONCE
        os.pwrite(self.last, b"1", 0)
        return AGAIN
