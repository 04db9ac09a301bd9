"""A job → a confined child that does it, and the process that watches over that child."""

from __future__ import annotations

import json
import os
import select
import signal
from collections.abc import Callable
from time import monotonic
from typing import Any

import confine  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import importing  # type: ignore[import-not-found]

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
    keeper = _become_child(report, job, own_processes=namespaces)
    if namespaces:
        confine.own_rest()
        confine.own_process_numbers(job["limits"]["processes"])
    held: list[str] = confine.hold(job, namespaces=namespaces, keeper=keeper)
    return held


def _become_child(report: int, job: Job, *, own_processes: bool) -> int:
    """Fork, and wait in the parent; return, in the child, where it can ask for its sockets to be kept, or -1."""
    confine.adopt_orphans()
    if own_processes:  # the first process of a namespace ignores signals that a program must be able to get
        first = _fork_bound()
        if first:
            os.waitpid(first, 0)
            os._exit(0)
        if not job["network"]:
            confine.own_network()  # this process's too, so that it sees what is asked for there
    asked, ask = (-1, -1) if own_processes or job["network"] or not confine.can_keep() else confine.asking()
    child = _fork_bound()
    if child == 0:
        os.setsid()
        _without_input()
        if asked >= 0:
            os.close(asked)
        return ask
    own_network = own_processes and not job["network"]
    ended = _wait(child, report, job, _listens(asked, own_network=own_network))
    if own_network and confine.seeks():
        ended["network"] = True
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


def _listens(asked: int, *, own_network: bool) -> Callable[[], bool]:
    """Begin to keep the program's sockets if it asks on a pipe; return what tells whether it waits for connections."""
    if asked < 0:
        return confine.listens if own_network else bool
    from keeper import Keeper  # type: ignore[import-not-found] # noqa: PLC0415 - the program must not find it loaded

    listening: Callable[[], bool] = Keeper(asked).listening
    return listening


def _wait(child: int, report: int, job: Job, listens: Callable[[], bool]) -> Job:
    handle, ready, left = os.pidfd_open(child), list[int](), job["deadline"]
    began, seal = monotonic(), job["seal"].encode()
    while not ready and left > 0:
        ready, _, _ = select.select([handle, CALLER], [], [], left)
        left = importing.deadline(began, job["deadline"], importing.tail(report), seal) - monotonic()
    listening = handle not in ready and listens()
    if handle not in ready:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    known = {"status": os.waitstatus_to_exitcode(status), "memory": usage.ru_maxrss * 1024}
    ended = known | {"worked": usage.ru_utime + usage.ru_stime}
    return ended if handle in ready else ended | {"timeout": True, "listening": listening}
