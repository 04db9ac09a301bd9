"""System calls that no program needs → a seccomp filter that refuses them, or that asks a keeper about them."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
SECCOMP_SET_MODE_FILTER, NEW_LISTENER, UNLESS_KILLED = 1, 1 << 3, 1 << 5
LOAD, EQUAL, ANY_BIT, AT_LEAST, AND, RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
ALLOW, ASK, KILL, REFUSE = 0x7FFF0000, 0x7FC00000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, FIRST, SECOND, THIRD, FOURTH = 0, 4, 16, 24, 32, 40  # offsets in struct seccomp_data
OTHER_ABI = 0x40000000  # x32 counts its calls from here
NAMESPACES = 0x7E020000  # every CLONE_NEW… flag that clone takes
NEWIPC = 0x8000000  # alone: for the fork of a cell, while it has capabilities; a program has none
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK = 1, 2, 10, 16
SOCK_STREAM, TYPES, TCP = 1, 0xF, 6
MSG_FASTOPEN = 0x20000000
LEADS_ASTRAY = ((0, (4,)), (41, (5, 6, 57)), (TCP, (30,)))
"""By level, the options by which packets take another way than their address says: source routes, connecting late."""

OPEN, LOCAL, KEPT = "open", "local", "kept"
"""Which sockets there are: all of the common kinds, those of this machine's files, or TCP too, as a keeper allows."""

# linux/arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h
SINCE_5_1 = {425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442}  # io_uring, the new mount calls, pidfd_getfd
CLONE3 = 435
MACHINES = {
    "x86_64": (
        0xC000003E,
        {"clone": 56, "socket": 41, "ioctl": 16, "unshare": 272, "connect": 42, "bind": 49, "listen": 50}
        | {"setsockopt": 54, "sendto": 44, "sendmsg": 46, "sendmmsg": 307, "seccomp": 317},
        {101, 103, 135, 153, 154, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 175, 176, 179}
        | {180, 212, 227, 246, 248, 249, 250, 298, 304, 305, 308, 310, 311, 312, 313, 320, 321, 323},
    ),
    "aarch64": (
        0xC00000B7,
        {"clone": 220, "socket": 198, "ioctl": 29, "unshare": 97, "connect": 203, "bind": 200, "listen": 201}
        | {"setsockopt": 208, "sendto": 206, "sendmsg": 211, "sendmmsg": 269, "seccomp": 277},
        {39, 40, 41, 51, 58, 60, 89, 92, 104, 105, 106, 112, 116, 117, 142, 161, 162, 170, 171, 217, 218, 219, 224}
        | {225, 241, 265, 266, 268, 270, 271, 272, 273, 280, 282, 294},
    ),
}
Instruction = tuple[int, int, int, int]
MADE: dict[str, bytes] = {}


def refuse(libc: ctypes.CDLL, sockets: str) -> bool:
    """Refuse this process and its children what escapes are made of, and all sockets but those that `sockets` names.

    Return whether that could be had: not on other machines, nor where the kernel has no seccomp.
    """
    program = _given(filter_code(sockets))
    return program is not None and libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program[0], 0, 0) == 0


def ask(libc: ctypes.CDLL) -> int:
    """Do the same, so that a keeper is asked about sockets; return the descriptor that asks, -1 where there is none."""
    program = _given(filter_code(KEPT))
    if program is None:
        return -1
    number = MACHINES[os.uname().machine][1]["seccomp"]
    flags = ctypes.c_ulong(NEW_LISTENER | UNLESS_KILLED)
    descriptor: int = libc.syscall(number, ctypes.c_uint(SECCOMP_SET_MODE_FILTER), flags, program[0])
    return descriptor


def _given(code: bytes) -> tuple[bytes, object] | None:
    """Return a filter as the kernel takes it, with what must live as long; None where there is none."""
    if not code:
        return None
    buffer = ctypes.create_string_buffer(code, len(code))
    return struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer)), buffer


def filter_code(sockets: str) -> bytes:
    """Return the filter's instructions as the kernel takes them, made once; nothing for a machine that is not known."""
    machine = MACHINES.get(os.uname().machine)
    if sockets not in MADE:
        code = _program(machine, sockets) if machine else ()
        MADE[sockets] = b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
    return MADE[sockets]


def _program(machine: tuple[int, dict[str, int], set[int]], sockets: str) -> Iterator[Instruction]:
    architecture, calls, refused = machine
    yield from _unless(ARCHITECTURE, EQUAL, architecture, KILL)
    yield (LOAD, 0, 0, NUMBER)
    yield from _if(AT_LEAST, OTHER_ABI, REFUSE | errno.ENOSYS)
    yield from _if(EQUAL, CLONE3, REFUSE | errno.ENOSYS)  # its flags cannot be read here; libc falls back to clone
    for number in sorted(refused | SINCE_5_1):
        yield from _if(EQUAL, number, REFUSE | errno.EPERM)
    yield from _call(calls["clone"], FIRST, [(ANY_BIT, NAMESPACES, REFUSE | errno.EPERM)], ALLOW)
    yield from _call(calls["unshare"], FIRST, [(EQUAL, NEWIPC, ALLOW)], REFUSE | errno.EPERM)
    yield from _call(
        calls["ioctl"], SECOND, [(EQUAL, number, REFUSE | errno.EPERM) for number in (TIOCSTI, TIOCLINUX)], ALLOW
    )
    if sockets == KEPT:
        yield from _kept(calls)
    families = (AF_UNIX, AF_INET, AF_INET6, AF_NETLINK) if sockets == OPEN else (AF_UNIX,)
    yield from _call(
        calls["socket"], FIRST, [(EQUAL, family, ALLOW) for family in families], REFUSE | errno.ENETUNREACH
    )
    yield (RETURN, 0, 0, ALLOW)


def _kept(calls: dict[str, int]) -> Iterator[Instruction]:
    """Yield what lets TCP be used as far as the keeper allows, and nothing by which it would not be asked."""
    for name in ("connect", "bind", "listen"):
        yield from _if(EQUAL, calls[name], ASK)
    late = [(ANY_BIT, MSG_FASTOPEN, REFUSE | errno.EOPNOTSUPP)]
    for name, flags in (("sendto", FOURTH), ("sendmsg", THIRD), ("sendmmsg", FOURTH)):
        yield from _call(calls[name], flags, late, ALLOW)
    for level, options in LEADS_ASTRAY:
        refused = [instruction for option in options for instruction in _if(EQUAL, option, REFUSE | errno.EPERM)]
        yield from _where(calls["setsockopt"], SECOND, level, [(LOAD, 0, 0, THIRD), *refused])
    for family in (AF_INET, AF_INET6):
        yield from _where(calls["socket"], FIRST, family, _streams())


def _streams() -> list[Instruction]:
    """Return what allows a TCP socket, and refuses any other of its family."""
    unless = REFUSE | errno.ENETUNREACH
    kind = [(LOAD, 0, 0, SECOND), (AND, 0, 0, TYPES), (EQUAL, 1, 0, SOCK_STREAM), (RETURN, 0, 0, unless)]
    return [*kind, (LOAD, 0, 0, THIRD), *_if(EQUAL, 0, ALLOW), *_if(EQUAL, TCP, ALLOW), (RETURN, 0, 0, unless)]


def _where(number: int, offset: int, value: int, body: list[Instruction]) -> Iterator[Instruction]:
    """Yield what to do with one call where one of its arguments is `value`; behind it its number is loaded again."""
    yield (EQUAL, 0, len(body) + 2, number)
    yield (LOAD, 0, 0, offset)
    yield (EQUAL, 0, len(body), value)
    yield from body
    yield (LOAD, 0, 0, NUMBER)


def _if(test: int, value: int, action: int) -> Iterator[Instruction]:
    yield (test, 0, 1, value)
    yield (RETURN, 0, 0, action)


def _unless(offset: int, test: int, value: int, action: int) -> Iterator[Instruction]:
    yield (LOAD, 0, 0, offset)
    yield (test, 1, 0, value)
    yield (RETURN, 0, 0, action)


def _call(number: int, offset: int, cases: list[tuple[int, int, int]], otherwise: int) -> Iterator[Instruction]:
    """Yield what to do with one call by one of its arguments."""
    body = [instruction for case in cases for instruction in _if(*case)]
    yield (EQUAL, 0, len(body) + 2, number)
    yield (LOAD, 0, 0, offset)
    yield from body
    yield (RETURN, 0, 0, otherwise)
