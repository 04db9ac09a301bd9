"""This process → one that can do no harm: namespaces, Landlock, limits."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import struct
from collections.abc import Iterable
from typing import Any

Job = dict[str, Any]

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_NOSUID_NODEV, MS_REC_PRIVATE = 0x6, 0x44000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38
SYS_LANDLOCK = {"create": 444, "add": 445, "restrict": 446}  # the same numbers on every architecture
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL_DEV = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READING = EXECUTE | READ_FILE | READ_DIR
RIGHTS_BY_ABI = ((5, 16), (3, 15), (2, 14), (1, 13))

libc = ctypes.CDLL(None, use_errno=True)


def enter(job: Job, report: int) -> list[str]:
    """Confine this process as `job` asks; return what could be had, as `namespaces` and `landlock`.

    Only a new child returns from here. Its parent waits for it until the deadline, kills what it left running, writes
    how it ended to the descriptor `report`, and ends.
    """
    held = []
    if _unshare(job["network"]):
        held.append("namespaces")
    _become_child(report, job, own_processes=bool(held))
    if held:
        _own_mounts()
    _limit(job["limits"], own_users=bool(held))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if _landlock(job, fresh_proc=bool(held), network=job["network"] or bool(held)):
        held.append("landlock")
    return held


def _unshare(network: bool) -> bool:  # noqa: FBT001
    uid, gid = os.getuid(), os.getgid()
    flags = NEWUSER | NEWNS | NEWUTS | NEWIPC | NEWPID | (0 if network else NEWNET)
    if libc.unshare(flags) != 0:
        return False
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{uid} {uid} 1")
    _write("/proc/self/gid_map", f"{gid} {gid} 1")
    if not network:
        _loopback_up()
    return True


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:  # noqa: PTH123 - pathlib would stay loaded in the program
        file.write(text)


def _loopback_up() -> None:
    import fcntl  # noqa: PLC0415 - a program must not find modules loaded that it didn't import
    import socket  # noqa: PLC0415

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16sH14x", fcntl.ioctl(control, 0x8913, name))[1]
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", flags | 1))


def _become_child(report: int, job: Job, *, own_processes: bool) -> None:
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if own_processes:  # the first process of a namespace ignores signals that a program must be able to get
        first = _fork_bound()
        if first:
            os.waitpid(first, 0)
            os._exit(0)
    child = _fork_bound()
    if child == 0:
        os.setsid()
        return
    ended = _wait(child, job["deadline"])
    if not own_processes:
        _sweep()
    os.write(report, f"\n{job['seal']}{json.dumps(ended)}\n".encode())
    os._exit(0)


def _fork_bound() -> int:
    child = os.fork()
    if child == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return child


def _wait(child: int, deadline: float) -> Job:
    handle = os.pidfd_open(child)
    ready, _, _ = select.select([handle], [], [], deadline)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    ended = {"status": os.waitstatus_to_exitcode(status), "memory": usage.ru_maxrss * 1024}
    return ended if ready else ended | {"timeout": True}


def _sweep() -> None:
    """Kill what the program left running; orphans are adopted by this process."""
    own = f"/proc/self/task/{os.getpid()}/children"
    for _ in range(64):
        with open(own) as listing:  # noqa: PTH123
            left = [int(pid) for pid in listing.read().split()]
        if not left:
            return
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _own_mounts() -> None:
    libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None)
    libc.mount(b"proc", b"/proc", b"proc", MS_NOSUID_NODEV, None)
    libc.mount(b"tmpfs", b"/dev/shm", b"tmpfs", MS_NOSUID_NODEV, b"size=256m")


def _limit(limits: dict[str, int], *, own_users: bool) -> None:
    wanted = {
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_CPU: limits["cpu"],
        resource.RLIMIT_FSIZE: limits["file_size"],
        resource.RLIMIT_NOFILE: limits["files"],
        resource.RLIMIT_CORE: 0,
    }
    if own_users:  # elsewhere the limit counts the processes of the invoking user too
        wanted[resource.RLIMIT_NPROC] = limits["processes"]
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))


def _landlock(job: Job, *, fresh_proc: bool, network: bool) -> bool:
    abi = libc.syscall(SYS_LANDLOCK["create"], None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if abi < 1:
        return False
    every = (1 << next(bits for least, bits in RIGHTS_BY_ABI if abi >= least)) - 1
    connections = 0 if network or abi < 4 else 3  # noqa: PLR2004 - TCP rules came with the fourth version
    attributes = struct.pack("=QQQ", every, connections, 3 if abi >= 6 else 0)  # noqa: PLR2004 - scopes: the sixth
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8  # noqa: PLR2004
    ruleset = libc.syscall(SYS_LANDLOCK["create"], attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    _allow(ruleset, ["/proc"] if fresh_proc else ["/proc/self"], READING | WRITE_FILE)
    _allow(ruleset, job["readable"], READING)
    _allow(ruleset, [job["directory"], "/dev/shm", *job["writable"]], every)  # noqa: S108 - shared memory, by its name
    _allow(ruleset, ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty"], every & OF_FILES)
    failed: int = libc.syscall(SYS_LANDLOCK["restrict"], ruleset, ctypes.c_uint32(0))
    os.close(ruleset)
    return failed == 0


def _allow(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what isn't there needs no rule
        allowed = rights if os.path.isdir(path) else rights & OF_FILES  # noqa: PTH112
        rule = struct.pack("=Qi", allowed, opened)
        libc.syscall(SYS_LANDLOCK["add"], ruleset, 1, rule, ctypes.c_uint32(0))
        os.close(opened)
