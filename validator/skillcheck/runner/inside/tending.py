"""Jobs on one descriptor → forks of this process, each watched to its end → their outcomes on another."""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import confine  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import importing  # type: ignore[import-not-found]
import perform  # type: ignore[import-not-found]

Job = dict[str, Any]
CHUNK = 1 << 16
TAIL = 1 << 16
FLOOD = 16 << 20


@dataclass(slots=True)
class Live:
    """A program that runs: its process, the pipes that it writes to, and what came of them so far."""

    job: Job
    pid: int
    handle: int
    output: int
    report: int
    began: float
    deadline: float
    written: bytearray = field(default_factory=bytearray)
    said: bytearray = field(default_factory=bytearray)
    total: int = 0
    ended_for: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What programs stand on: how they are held in their process, ended with all that they started, and told of.

    `hold` takes a job, in the process that is to do it, and returns by what it is held; before that process is made,
    `ready` adds to the job what is the same for many. `end` kills a program's
    process, `sweep` what is left of it once that has ended; `told` gives how an outcome's line begins, `seeks` whether
    it asked for another machine, itself or by what it started.
    """

    hold: Callable[[Job], list[str]]
    end: Callable[[int], None]
    sweep: Callable[[], None]
    told: Callable[[], bytes] = lambda: b""
    ready: Callable[[Job], None] = lambda _: None
    seeks: Callable[[], bool] = bool


class Tender:
    """The loop: one thread, one poll, as many programs at a time as are sent."""

    def __init__(self, jobs: int, results: int, ground: Ground) -> None:
        """Make one that reads jobs from the first descriptor and writes results to the second."""
        self.jobs, self.results, self.ground = jobs, results, ground
        self.poll = select.poll()
        self.poll.register(jobs, select.POLLIN)
        self.live: dict[int, Live] = {}
        self.pending = b""

    def loop(self) -> None:
        """Serve until the jobs' descriptor is closed; programs that still run then are ended."""
        while True:
            for descriptor, _ in self.poll.poll(self._wait()):
                if descriptor == self.jobs:
                    if not self._take():
                        self._abandon()
                        return
                elif descriptor in self.live:
                    self._heard(self.live[descriptor], descriptor)
            now = time.monotonic()
            for live in self._each():
                if now > live.deadline and not live.ended_for:
                    self._end(live, "timeout")

    def _each(self) -> list[Live]:
        return list({id(live): live for live in self.live.values()}.values())

    def _wait(self) -> float | None:
        if not self.live:
            return None
        return max(0.0, min(live.deadline for live in self.live.values()) - time.monotonic()) * 1000 + 1

    def _take(self) -> bool:
        data = os.read(self.jobs, CHUNK)
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            self._start(json.loads(line))
        return bool(data)

    def _start(self, job: Job) -> None:
        output, write_output = os.pipe()
        report, write_report = os.pipe()
        self.ground.ready(job)
        gc.freeze()  # what was made here since the last program is not for this one to look through
        child = os.fork()
        if child == 0:
            self._become(job, write_output, write_report)
        os.close(write_output)
        os.close(write_report)
        began = time.monotonic()
        live = Live(job, child, os.pidfd_open(child), output, report, began, began + job["deadline"])
        for descriptor in (live.handle, output, report):
            os.set_blocking(descriptor, False)
            self.poll.register(descriptor, select.POLLIN)
            self.live[descriptor] = live

    def _become(self, job: Job, output: int, report: int) -> NoReturn:
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, wanted in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(descriptor, wanted)
        last = os.dup(report) if report < 4 else report  # noqa: PLR2004 - 0 to 2 are the program's
        confine.die_with_parent()
        os.setsid()
        for name in ("HOME", "TMPDIR"):  # `update` asks each kind of mapping there is whether it is one of them
            os.environ[name] = job["directory"]
        gc.enable()
        tempfile = sys.modules.get("tempfile")
        if tempfile is not None:
            tempfile.tempdir = None  # type: ignore[attr-defined] # what was found for this process is not the child's
        held = self.ground.hold(job)
        os.closerange(3, last)
        os.closerange(last + 1, 4096)
        perform.perform(job, last, held)
        os._exit(0)

    def _heard(self, live: Live, descriptor: int) -> None:
        if descriptor == live.handle:
            self._finish(live)
        elif not self._drain(live, descriptor):
            self.poll.unregister(descriptor)
            del self.live[descriptor]

    def _drain(self, live: Live, descriptor: int) -> bool:
        """Read what stands in a program's pipe, up to what one may write; return whether it is still open."""
        data: bytes | None = b"more"
        while data and live.total <= FLOOD:
            try:
                data = os.read(descriptor, CHUNK)
            except BlockingIOError:
                return True
            live.total += len(data)
            if descriptor == live.report:
                live.said += data
                live.deadline = _deadline(live)
            else:
                live.written = (live.written + data)[-TAIL:]
        if data and not live.ended_for:
            self._end(live, "flood")
        return bool(data)

    def _end(self, live: Live, reason: str) -> None:
        live.ended_for = reason
        self.ground.end(live.pid)

    def _finish(self, live: Live) -> None:
        _, status, usage = os.wait4(live.pid, 0)
        if len(self._each()) == 1:
            self.ground.sweep()
        for descriptor in (live.output, live.report):
            self._drain(live, descriptor)
        for descriptor in (live.handle, live.output, live.report):
            if self.live.pop(descriptor, None) is not None:
                self.poll.unregister(descriptor)
            os.close(descriptor)
        worked = usage.ru_utime + usage.ru_stime
        self._tell(
            live, {"status": os.waitstatus_to_exitcode(status), "memory": usage.ru_maxrss * 1024, "worked": worked}
        )

    def _tell(self, live: Live, known: Job) -> None:
        seal = live.job["seal"].encode()
        said = [line.removeprefix(seal).decode() for line in live.said.split(b"\n") if line.startswith(seal)]
        ended = known | {live.ended_for or "ended": True} | ({"network": True} if self.ground.seeks() else {})
        output = live.written.decode(errors="replace")
        told = json.dumps({"id": live.job["id"], "said": [*said, json.dumps(ended)], "output": output})
        write(self.results, self.ground.told() + told.encode() + b"\n")

    def _abandon(self) -> None:
        for live in self._each():
            os.kill(live.pid, signal.SIGKILL)
            self.ground.sweep()
            remove(live.job["directory"])


def _deadline(live: Live) -> float:
    told: float = importing.deadline(
        live.began, live.job["deadline"], bytes(live.said[-importing.TAIL :]), live.job["seal"].encode()
    )
    return told


def write(descriptor: int, data: bytes) -> None:
    """Write all of `data`."""
    while data:
        data = data[os.write(descriptor, data) :]


def remove(folder: str) -> None:
    """Remove a program's folder with all that is in it, as far as that can be."""
    import shutil  # noqa: PLC0415 - programs must not find it loaded

    shutil.rmtree(folder, ignore_errors=True)
