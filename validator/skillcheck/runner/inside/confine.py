"""This process → one that can do no harm: namespaces, limits, no capabilities, Landlock, seccomp."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from collections.abc import Iterable
from typing import Any

from syscalls import LOCAL, OPEN, ask, refuse  # type: ignore[import-not-found] # run as a folder, it is on sys.path

Job = dict[str, Any]

NEWNS, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_NOSUID_NODEV, MS_REC_PRIVATE = 0x6, 0x44000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38
CAPABILITIES_V3 = 0x20080522
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
USER = 1000
"""Who a program is in its namespace: not the superuser, whoever called."""
OWN_NUMBERS = [6, 14]
"""The Linux version since which each process namespace has process numbers of its own."""
RESERVED_NUMBERS = 300
"""The kernel gives these once, and begins behind them when it has come to the last."""
LISTENING = "0A"
UNREACHED = ("Ip:OutNoRoutes", "Ip6OutNoRoutes", "Udp:NoPorts", "Udp6NoPorts")
"""What the kernel counts of packets that had nowhere to go."""
ASKED = "=3i"
"""How a keeper is asked: by a process, its descriptor that asks about sockets, and one to which it writes an answer."""

SYS_LANDLOCK = {"create": 444, "add": 445, "restrict": 446}  # the same numbers on every architecture
SYS_PIDFD_GETFD = 438
ABI_WITH_TCP = 4
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL_DEV = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READING = EXECUTE | READ_FILE | READ_DIR
RIGHTS_BY_ABI = ((5, 16), (3, 15), (2, 14), (1, 13))

libc = ctypes.CDLL(None, use_errno=True)
kept: dict[str, tuple[int, bool]] = {}
"""Paths that are open already, with their descriptors and whether they are folders."""


def own_users() -> bool:
    """Enter a user namespace, in which the others can be made; return whether they can.

    The superuser can make them without, where user namespaces are turned off.
    """
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(NEWUSER | NEWNS) == 0:
        try:
            _write("/proc/self/setgroups", "deny")
            _write("/proc/self/uid_map", f"{USER} {uid} 1")
            _write("/proc/self/gid_map", f"{USER} {gid} 1")
        except PermissionError:  # AppArmor, as Ubuntu sets it up: there is a namespace, but nothing may be done in it
            return False
    elif libc.unshare(NEWNS) != 0:
        return False
    libc.mount(b"none", b"/", None, MS_REC_PRIVATE, None)
    return True


def own_process_numbers(most: int) -> None:
    """Bound the processes in the process namespace of this process, where the kernel can.

    It is what bounds the superuser, whose processes no other limit counts. There can be `most` at any time, however
    many there were before; at first there can be as many more as the kernel reserves numbers.
    """
    version = [int(part) for part in os.uname().release.split("-")[0].split(".")[:2]]
    if version < OWN_NUMBERS:
        return  # there the number is the whole machine's
    numbers = os.open("/proc/sys/kernel/pid_max", os.O_WRONLY | os.O_CLOEXEC)  # not truncated: Landlock refuses that
    os.write(numbers, str(RESERVED_NUMBERS + most).encode())
    os.close(numbers)


def own_rest() -> None:
    """Give this process, in process namespaces of its own already, all but a network, and what stands for them."""
    own_names()
    libc.unshare(NEWNS)
    libc.mount(b"proc", b"/proc", b"proc", MS_NOSUID_NODEV, None)
    libc.mount(b"tmpfs", b"/dev/shm", b"tmpfs", MS_NOSUID_NODEV, b"size=256m")


def own_names() -> None:
    """Give this process host names and shared memory of its own."""
    libc.unshare(NEWUTS | NEWIPC)


def own_network() -> None:
    """Give this process a network of its own, with nothing but a loopback."""
    libc.unshare(NEWNET)
    _loopback_up()


def hold(job: Job, *, namespaces: bool, filtered: bool = False, keeper: int = -1) -> list[str]:
    """Take from this process all that a program doesn't need; return by what it is held now.

    `filtered` tells that it has got its seccomp filter already. `keeper` is where one is asked to keep its sockets.
    """
    limit(job["limits"])
    if namespaces:
        _drop_capabilities()
    held = ["namespaces"] if namespaces else []
    if restrict_files(job, namespaces=namespaces):
        held.append("landlock")
    if filtered or _kept(keeper) or refuse(libc, OPEN if job["network"] or namespaces else LOCAL):
        held.append("seccomp")
    return held


def _kept(keeper: int) -> bool:
    """Have a keeper answer for the sockets of this process and its children; return whether one does."""
    if keeper < 0:
        return False
    listener: int = ask(libc)
    if listener >= 0:
        told, tell = os.pipe()
        os.write(keeper, struct.pack(ASKED, os.getpid(), listener, tell))
        os.read(told, 1)
        for descriptor in (listener, told, tell):  # who has the first could answer for itself
            os.close(descriptor)
    os.close(keeper)
    return listener >= 0


def can_keep() -> bool:
    """Whether this process could keep the sockets of those that it makes: what that takes not all containers allow.

    Landlock must refuse TCP, as it does from its fourth version on, and descriptors of others must be to be had.
    """
    abi: int = libc.syscall(SYS_LANDLOCK["create"], None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    own: int = taken(os.getpid(), 0)
    if own < 0:
        return False
    os.close(own)
    return bool(abi >= ABI_WITH_TCP)


def asking() -> tuple[int, int]:
    """Return a pipe on which a keeper can be asked: each request is one packet, whatever else is written there."""
    asked, ask = os.pipe2(os.O_CLOEXEC | os.O_DIRECT)
    return asked, ask


def taken(pid: int, descriptor: int) -> int:
    """Return a descriptor of this process for what another has open; -1 where that is not to be had."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return -1
    copy: int = libc.syscall(SYS_PIDFD_GETFD, handle, descriptor, 0)
    os.close(handle)
    return copy


def die_with_parent() -> None:
    """Have this process killed when the one that made it ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def sweep() -> None:
    """Kill what programs left running; orphans are adopted by this process.

    All are stopped before any is killed: what stands still makes no others, and holds the numbers of more.
    """
    stopped: set[int] = set()
    while new := set(_descendants(os.getpid())) - stopped:
        for pid in new:
            _signal(pid, signal.SIGSTOP)
        stopped |= new
    while left := _descendants(os.getpid()):
        for pid in left:
            _signal(pid, signal.SIGKILL)
        os.waitpid(-1, 0)


def sweep_namespace() -> None:
    """Kill everything else in this process's namespace, of which it is the first, and wait for its end.

    The kernel signals all of them at once: none can fork meanwhile.
    """
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def _descendants(pid: int) -> list[int]:
    own = [int(child) for child in _listed(f"/proc/{pid}/task/{pid}/children")]
    return own + [each for child in own for each in _descendants(child)]


def _signal(pid: int, number: int) -> None:
    try:  # noqa: SIM105 - contextlib would stay loaded in the program
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def listens() -> bool:
    """Whether anything waits for connections in the network of this process."""
    tables = (_listed(f"/proc/self/net/{protocol}", by_line=True) for protocol in ("tcp", "tcp6"))
    return any(row.split()[3] == LISTENING for rows in tables for row in rows)


def seeks() -> bool:
    """Whether anything in the network of this process, which is its own, asked for another machine.

    The kernel counts what it has no route for; a name server on loopback is one of the machine outside.
    """
    counts = dict(line.split() for line in _listed("/proc/self/net/snmp6", by_line=True))
    lines = [line.split() for line in _listed("/proc/self/net/snmp", by_line=True)]
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        counts |= {names[0] + name: value for name, value in zip(names, values, strict=True)}
    return any(counts.get(name, "0") != "0" for name in UNREACHED)


def _listed(path: str, *, by_line: bool = False) -> list[str]:
    try:
        with open(path) as listing:  # noqa: PTH123 - see _write
            text = listing.read()
    except OSError:
        return []  # it has ended, or the kernel lacks that
    return text.splitlines() if by_line else text.split()


def others() -> int:
    """Return how many processes and threads the invoking user has: a limit of processes counts them too."""
    own, count = os.getuid(), 0
    for name in os.listdir("/proc"):  # noqa: PTH208 - see _write
        if not name.isdigit():
            continue
        try:
            if os.stat(f"/proc/{name}").st_uid == own:  # noqa: PTH116 - see _write
                count += len(os.listdir(f"/proc/{name}/task"))  # noqa: PTH208 - see _write
        except OSError:
            continue  # it has ended
    return count


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:  # noqa: PTH123 - pathlib would stay loaded in the program
        file.write(text)


def _loopback_up() -> None:
    control = libc.socket(2, 2 | os.O_CLOEXEC, 0)  # by hand: a program must not find the module loaded
    request = ctypes.create_string_buffer(struct.pack("16sH14x", b"lo", 0), 40)
    libc.ioctl(control, SIOCGIFFLAGS, request)
    flags = struct.unpack_from("16sH", request)[1]
    struct.pack_into("16sH", request, 0, b"lo", flags | IFF_UP)
    libc.ioctl(control, SIOCSIFFLAGS, request)
    os.close(control)


def _drop_capabilities() -> None:
    header = struct.pack("=Ii", CAPABILITIES_V3, 0)
    libc.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0))


def limit(limits: dict[str, int]) -> None:
    """Bound what this process may use, as far as the system can."""
    wanted = {
        resource.RLIMIT_AS if limits.get("reserved", 1) else resource.RLIMIT_DATA: limits["memory"],
        resource.RLIMIT_CPU: limits["cpu"],
        resource.RLIMIT_FSIZE: limits["file_size"],
        resource.RLIMIT_NOFILE: limits["files"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: limits["processes"],
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except ValueError:  # macOS bounds no address space that is larger already
            continue


def restrict_files(job: Job, *, namespaces: bool, processes: str = "/proc/self") -> bool:
    """Let this process and its children read and write only what `job` names; return whether that could be had.

    Without namespaces, of what is told of processes only that below `processes` can be read. Where `job` has a ruleset
    already, it names no more than that one.
    """
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    made: int = job["ruleset"] if "ruleset" in job else ruleset(job, namespaces=namespaces, processes=processes)
    failed: int = libc.syscall(SYS_LANDLOCK["restrict"], made, ctypes.c_uint32(0))
    if made >= 0:
        os.close(made)
    return failed == 0


def ruleset(job: Job, *, namespaces: bool, processes: str = "/proc/self") -> int:
    """Return a descriptor of the rules for a job, with which any process can restrict itself; -1 without Landlock."""
    abi = libc.syscall(SYS_LANDLOCK["create"], None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if abi < 1:
        return -1
    every = (1 << next(bits for least, bits in RIGHTS_BY_ABI if abi >= least)) - 1
    connections = 0 if job["network"] or namespaces or abi < ABI_WITH_TCP else 3
    attributes = struct.pack("=QQQ", every, connections, 3 if abi >= 6 else 0)  # noqa: PLR2004 - scopes: the sixth
    size = 24 if abi >= 6 else 16 if abi >= ABI_WITH_TCP else 8  # noqa: PLR2004
    made: int = libc.syscall(SYS_LANDLOCK["create"], attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    _allow(made, ["/proc" if namespaces else processes], READING | WRITE_FILE)
    _allow(made, job["readable"], READING)
    _allow(made, [job["directory"], "/dev/shm", *job["writable"]], every)  # noqa: S108 - shared memory, by its name
    _allow(made, ["/dev/null", "/dev/zero", "/dev/full", "/dev/tty"], every & OF_FILES)
    return made


def keep_open(paths: Iterable[str]) -> None:
    """Open paths once for all children of this process, which name them in rules."""
    for path in paths:
        known = _opened(path)
        if known is not None:
            kept[path] = known


def _opened(path: str) -> tuple[int, bool] | None:
    try:
        return os.open(path, os.O_PATH | os.O_CLOEXEC), os.path.isdir(path)  # noqa: PTH112
    except OSError:
        return None  # what isn't there needs no rule


def _allow(ruleset: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        known = kept.get(path) or _opened(path)
        if known is None:
            continue
        opened, folder = known
        rule = struct.pack("=Qi", rights if folder else rights & OF_FILES, opened)
        libc.syscall(SYS_LANDLOCK["add"], ruleset, 1, rule, ctypes.c_uint32(0))
        if path not in kept:
            os.close(opened)
