"""What programs share → a warm process that has imported it, and does their jobs in forks of itself."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from typing import Any, NoReturn

import cells  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import confine  # type: ignore[import-not-found]
import perform  # type: ignore[import-not-found]
import probe  # type: ignore[import-not-found] # noqa: F401 - here for the jobs that ask for it
from syscalls import KEPT, OPEN, filter_code  # type: ignore[import-not-found]
from tending import Ground, Tender  # type: ignore[import-not-found]

Job = dict[str, Any]


def serve(jobs: int, results: int, settings: Job) -> NoReturn:
    """Confine this process, import what programs share, then do jobs until nobody sends any."""
    others = confine.others()  # before nothing of them is to be seen
    namespaces, keeper = _confined(settings)
    gc.disable()  # here for good; on again in each child as soon as it is a program's
    for name in settings["preload"]:
        try:
            __import__(name)
        except BaseException:  # noqa: BLE001, S112 - whoever imports it is told so
            continue
    if "socket" in sys.modules:
        import encodings.idna  # noqa: F401, PLC0415 - the first host name that a program hands it would import this
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208 - pathlib would stay loaded in the programs
    hello = {"threads": threads, "loaded": sorted(sys.modules), "namespaces": namespaces}
    os.write(results, json.dumps(hello).encode() + b"\n")
    perform.hide()
    filter_code(OPEN if namespaces else KEPT)  # made here once, for all children
    gc.collect()
    gc.freeze()
    gc.disable()  # whatever a module turned on
    if namespaces:
        cells.Cells(jobs, results, settings["readable"]).loop()
    else:
        confine.keep_open(settings["readable"])
        Tender(jobs, results, _ground(others, keeper)).loop()
    os._exit(0)


def _confined(settings: Job) -> tuple[bool, int]:
    """Hold this process as far as it can be held and still hold its children.

    Return whether it has namespaces, and else where they can ask for their sockets to be kept, or -1.
    """
    namespaces: bool = confine.own_users() and confine.libc.unshare(confine.NEWPID) == 0
    keeper = -1 if namespaces or settings["network"] or not confine.can_keep() else _with_keeper()
    confine.adopt_orphans()
    if namespaces:
        first = os.fork()
        if first:
            os.waitpid(first, 0)
            os._exit(0)
        confine.die_with_parent()
        if not settings["network"]:
            confine.own_network()
        confine.own_rest()
    confine.restrict_files(settings, namespaces=namespaces, processes="/proc")  # each child's own is below it
    return namespaces, keeper


def _with_keeper() -> int:
    """Fork, and keep sockets in the parent; return, in the child, where its own children can ask for that."""
    asked: int
    ask: int
    asked, ask = confine.asking()
    child = os.fork()
    if child:
        from keeper import Keeper  # type: ignore[import-not-found] # noqa: PLC0415 - programs must not find it loaded

        os.close(ask)
        Keeper(asked)
        os.waitpid(child, 0)
        os._exit(0)
    confine.die_with_parent()
    os.close(asked)
    return ask


def _ground(others: int, keeper: int) -> Ground:
    """Return what programs stand on without namespaces; the limit of processes counts the `others` of the user."""

    def hold(job: Job) -> list[str]:
        job["limits"]["processes"] += others
        held: list[str] = confine.hold(job, namespaces=False, keeper=keeper)
        return held

    return Ground(hold, lambda pid: os.kill(pid, signal.SIGKILL), confine.sweep)
