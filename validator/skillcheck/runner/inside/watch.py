"""A job → a confined child that does it, and the process that watches over that child."""

from __future__ import annotations

import json
import os
import select
import signal
from typing import Any

import confine  # type: ignore[import-not-found] # run as a folder, this one is on sys.path

Job = dict[str, Any]
CALLER = 0
UNCOUNTED = 1 << 30


def enter(job: Job, report: int) -> list[str]:
    """Confine this process as `job` asks; return by what it is held.

    Where its caller watches it, it is only limited. Else only a new child returns from here: its parent waits for it
    until the deadline, or until standard input is closed at its other end, kills what it left running, writes how it
    ended to the descriptor `report`, and ends.
    """
    if not job["watched"]:
        _without_input()
        confine.limit(job["limits"] | {"processes": UNCOUNTED})
        return []
    namespaces = confine.own_users() and confine.libc.unshare(confine.NEWPID) == 0
    if not namespaces:
        job["limits"]["processes"] += confine.others()
    _become_child(report, job, own_processes=namespaces)
    if namespaces:
        confine.own_rest(job)
        confine.own_process_numbers(job["limits"]["processes"])
    held: list[str] = confine.hold(job, namespaces=namespaces)
    return held


def _become_child(report: int, job: Job, *, own_processes: bool) -> None:
    confine.adopt_orphans()
    if own_processes:  # the first process of a namespace ignores signals that a program must be able to get
        first = _fork_bound()
        if first:
            os.waitpid(first, 0)
            os._exit(0)
    child = _fork_bound()
    if child == 0:
        os.setsid()
        _without_input()
        return
    ended = _wait(child, job["deadline"], own_network=own_processes and not job["network"])
    if not own_processes:
        confine.sweep()
    os.write(report, f"\n{job['seal']}{json.dumps(ended)}\n".encode())
    os._exit(0)


def _without_input() -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC), CALLER)


def _fork_bound() -> int:
    child = os.fork()
    if child == 0:
        confine.die_with_parent()
    return child


def _wait(child: int, deadline: float, *, own_network: bool) -> Job:
    handle = os.pidfd_open(child)
    ready, _, _ = select.select([handle, CALLER], [], [], deadline)
    listening = own_network and handle not in ready and confine.child_listens()
    if handle not in ready:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    ended = {"status": os.waitstatus_to_exitcode(status), "memory": usage.ru_maxrss * 1024}
    return ended if handle in ready else ended | {"timeout": True, "listening": listening}
