"""System calls that no program needs → a seccomp filter that refuses them."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD, EQUAL, ANY_BIT, AT_LEAST, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, FIRST, SECOND = 0, 4, 16, 24  # offsets in struct seccomp_data
OTHER_ABI = 0x40000000  # x32 counts its calls from here
NAMESPACES = 0x7E020000  # every CLONE_NEW… flag that clone takes
NEWIPC = 0x8000000  # alone: for the fork of a cell, while it has capabilities; a program has none
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
AF_UNIX, AF_INET, AF_INET6, AF_NETLINK = 1, 2, 10, 16

# linux/arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h
SINCE_5_1 = {425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442}  # io_uring, the new mount calls, pidfd_getfd
CLONE3 = 435
MACHINES = {
    "x86_64": (
        0xC000003E,
        {"clone": 56, "socket": 41, "ioctl": 16, "unshare": 272},
        {101, 103, 135, 153, 154, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 175, 176, 179}
        | {180, 212, 227, 246, 248, 249, 250, 298, 304, 305, 308, 310, 311, 312, 313, 320, 321, 323},
    ),
    "aarch64": (
        0xC00000B7,
        {"clone": 220, "socket": 198, "ioctl": 29, "unshare": 97},
        {39, 40, 41, 51, 58, 60, 89, 92, 104, 105, 106, 112, 116, 117, 142, 161, 162, 170, 171, 217, 218, 219, 224}
        | {225, 241, 265, 266, 268, 270, 271, 272, 273, 280, 282, 294},
    ),
}
Instruction = tuple[int, int, int, int]
MADE: dict[bool, bytes] = {}


def refuse(libc: ctypes.CDLL, *, sockets: bool) -> bool:
    """Refuse this process and its children what escapes are made of; without `sockets`, all but local ones too.

    Return whether that could be had: not on other machines, nor where the kernel has no seccomp.
    """
    code = filter_code(sockets=sockets)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    return bool(code) and libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0) == 0


def filter_code(*, sockets: bool) -> bytes:
    """Return the filter's instructions as the kernel takes them, made once; nothing for a machine that is not known."""
    machine = MACHINES.get(os.uname().machine)
    if sockets not in MADE:
        code = _program(machine, sockets=sockets) if machine else ()
        MADE[sockets] = b"".join(struct.pack("=HBBI", *instruction) for instruction in code)
    return MADE[sockets]


def _program(machine: tuple[int, dict[str, int], set[int]], *, sockets: bool) -> Iterator[Instruction]:
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
    families = (AF_UNIX, AF_INET, AF_INET6, AF_NETLINK) if sockets else (AF_UNIX,)
    yield from _call(
        calls["socket"], FIRST, [(EQUAL, family, ALLOW) for family in families], REFUSE | errno.ENETUNREACH
    )
    yield (RETURN, 0, 0, ALLOW)


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
