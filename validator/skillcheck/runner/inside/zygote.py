"""Jobs on one descriptor → their outcomes on another: modules are imported once, each program is a fork of that."""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import Any, NoReturn

import confine  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import perform  # type: ignore[import-not-found]
import probe  # type: ignore[import-not-found] # noqa: F401 - here for the jobs that ask for it
from syscalls import filter_code  # type: ignore[import-not-found]

Job = dict[str, Any]
CHUNK = 1 << 16
TAIL = 1 << 16
FLOOD = 16 << 20
KEEPER = "/bin/cat"
"""The first process of each program's namespace: it waits for the end of its input, which ends all the others."""


@dataclass(slots=True)
class Live:
    """A program that runs: its process, the pipes that it writes to, and what came of them so far."""

    job: Job
    pid: int
    handle: int
    output: int
    report: int
    deadline: float
    keeper: int = 0
    gate: int = -1
    written: bytearray = field(default_factory=bytearray)
    said: bytearray = field(default_factory=bytearray)
    total: int = 0
    ended_for: str = ""


def serve(jobs: int, results: int, settings: Job) -> NoReturn:
    """Confine this process, import what programs share, then do jobs until nobody sends any."""
    others = confine.others()  # before nothing of them is to be seen
    namespaces = _confined(settings)
    for name in settings["preload"]:
        try:
            __import__(name)
        except BaseException:  # noqa: BLE001, S112 - whoever imports it is told so
            continue
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - pathlib would stay loaded in the programs
    hello = {"threads": threads, "loaded": sorted(sys.modules), "namespaces": namespaces}
    os.write(results, json.dumps(hello).encode() + b"\n")
    perform.hide()
    filter_code(sockets=True)  # made here once, for all children
    gc.collect()
    gc.freeze()
    gc.disable()
    Zygote(jobs, results, namespaces, 0 if namespaces else others).loop()
    os._exit(0)


def _confined(settings: Job) -> bool:
    """Hold this process as far as it can be held and still hold its children; return whether it has namespaces."""
    namespaces: bool = confine.own_users() and confine.libc.unshare(confine.NEWPID) == 0
    confine.adopt_orphans()
    if namespaces:
        first = os.fork()
        if first:
            os.waitpid(first, 0)
            os._exit(0)
        confine.die_with_parent()
        confine.own_rest(settings)
    confine.restrict_files(settings, namespaces=namespaces, processes="/proc")  # each child's own is below it
    return namespaces


class Zygote:
    """The loop: one thread, one poll, as many programs at a time as are sent."""

    def __init__(self, jobs: int, results: int, namespaces: bool, others: int) -> None:  # noqa: FBT001
        """Make one that reads jobs from the first descriptor and writes results to the second."""
        self.jobs, self.results, self.namespaces, self.others = jobs, results, namespaces, others
        self.poll = select.poll()
        self.poll.register(jobs, select.POLLIN)
        self.live: dict[int, Live] = {}
        self.pending = b""
        self.own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if namespaces else -1

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
            for live in {id(live): live for live in self.live.values()}.values():
                if now > live.deadline and not live.ended_for:
                    self._end(live, "timeout")

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
        keeper, gate = self._new_processes()
        child = os.fork()
        if child == 0:
            self._become(job, write_output, write_report)
        if self.namespaces:
            confine.libc.setns(self.own, confine.NEWPID)
        os.close(write_output)
        os.close(write_report)
        deadline = time.monotonic() + job["deadline"]
        live = Live(job, child, os.pidfd_open(child), output, report, deadline, keeper, gate)
        for descriptor in (live.handle, output, report):
            os.set_blocking(descriptor, False)
            self.poll.register(descriptor, select.POLLIN)
            self.live[descriptor] = live

    def _new_processes(self) -> tuple[int, int]:
        """Make process identifiers for the next child, and the process that holds them; return it and its gate."""
        if not self.namespaces:
            return 0, -1
        confine.libc.unshare(confine.NEWPID)
        closed, gate = os.pipe()
        actions = [(os.POSIX_SPAWN_DUP2, closed, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        keeper = os.posix_spawn(KEEPER, ["cat"], {}, file_actions=actions)
        os.close(closed)
        return keeper, gate

    def _become(self, job: Job, output: int, report: int) -> NoReturn:
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, wanted in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(descriptor, wanted)
        last = os.dup(report) if report < 4 else report  # noqa: PLR2004 - 0 to 2 are the program's
        os.closerange(3, last)
        os.closerange(last + 1, 4096)
        confine.die_with_parent()
        os.setsid()
        if self.namespaces:
            confine.own_network_and_names()
            confine.own_process_numbers(job["limits"]["processes"])
        os.environ.update(HOME=job["directory"], TMPDIR=job["directory"])
        gc.enable()
        tempfile = sys.modules.get("tempfile")
        if tempfile is not None:
            tempfile.tempdir = None  # type: ignore[attr-defined] # what was found for this process is not the child's
        job["limits"]["processes"] += self.others
        perform.perform(job, last, confine.hold(job, namespaces=self.namespaces))
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
            else:
                live.written = (live.written + data)[-TAIL:]
        if data and not live.ended_for:
            self._end(live, "flood")
        return bool(data)

    def _end(self, live: Live, reason: str) -> None:
        live.ended_for = reason
        os.kill(live.keeper or live.pid, signal.SIGKILL)  # with the keeper ends everything in its namespace at once

    def _finish(self, live: Live) -> None:
        _, status, usage = os.wait4(live.pid, 0)
        self._kill_rest(live)
        for descriptor in (live.output, live.report):
            self._drain(live, descriptor)
        for descriptor in (live.handle, live.output, live.report):
            if self.live.pop(descriptor, None) is not None:
                self.poll.unregister(descriptor)
            os.close(descriptor)
        self._tell(live, os.waitstatus_to_exitcode(status), usage.ru_maxrss * 1024)

    def _kill_rest(self, live: Live) -> None:
        if self.namespaces:
            os.close(live.gate)
            os.kill(live.keeper, signal.SIGKILL)  # not reaped yet, so the identifier is still its own
            os.waitpid(live.keeper, 0)
        elif len({id(each) for each in self.live.values()}) == 1:
            confine.sweep()

    def _tell(self, live: Live, status: int, memory: int) -> None:
        seal = live.job["seal"].encode()
        said = [line.removeprefix(seal).decode() for line in live.said.split(b"\n") if line.startswith(seal)]
        ended = {"status": status, "memory": memory, live.ended_for or "ended": True}
        output = live.written.decode(errors="replace")
        told = json.dumps({"id": live.job["id"], "said": [*said, json.dumps(ended)], "output": output}).encode() + b"\n"
        while told:
            told = told[os.write(self.results, told) :]

    def _abandon(self) -> None:
        import shutil  # noqa: PLC0415 - programs must not find it loaded

        for live in {id(live): live for live in self.live.values()}.values():
            os.kill(live.pid, signal.SIGKILL)
            if not self.namespaces:
                confine.sweep()
            shutil.rmtree(live.job["directory"], ignore_errors=True)
