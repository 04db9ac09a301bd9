"""Programs without a network of their own → TCP among their own processes, by a process that uses sockets for them.

A program's seccomp filter has it wait at `connect`, `bind` and `listen` until this process, which made it, has done the
call by itself on the same socket, with the address as it was read: nothing can be swapped under it. Landlock refuses
a program these calls on TCP altogether, so that a socket put in the place of another leads nowhere.

A program can bind to loopback alone, and connect only to what it listens on itself, never to others of this machine.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import select
import struct
import threading
from typing import NamedTuple

from confine import ASKED, libc, taken  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
from syscalls import AF_INET, AF_INET6, MACHINES  # type: ignore[import-not-found]

RECEIVE, SEND, VALID = 0xC0502100, 0xC0182101, 0x40082102  # SECCOMP_IOCTL_NOTIF_…
QUESTION, ANSWER = "=QIIiIQ6Q", "=QqiI"  # struct seccomp_notif and seccomp_notif_resp
GOES_ON = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE
AF_UNSPEC, SOL_SOCKET, SO_DOMAIN = 0, 1, 39
LONGEST = 128
"""Bytes of the longest address that the kernel takes."""
SIZES = {AF_INET: 16, AF_INET6: 28}
MAPPED = bytes(10) + b"\xff\xff"
"""How an IPv6 address begins that is one of IPv4."""
LOOPBACK, LOOPBACK6 = b"\x7f\x00\x00\x01", bytes(15) + b"\x01"
LISTENING = "0A"
TABLES = ("/proc/self/net/tcp", "/proc/self/net/tcp6")


class Question(NamedTuple):
    """A call that a thread of a program waits at, with the first three of its arguments."""

    number: int
    thread: int
    call: int
    descriptor: int
    second: int
    third: int


class Place(NamedTuple):
    """An address, of four bytes or sixteen, and a port."""

    address: bytes
    port: int


class Keeper:
    """What keeps the sockets of all programs that ask it to."""

    def __init__(self, asked: int) -> None:
        """Begin, in threads of this process; programs ask on the other end of the pipe `asked`."""
        self.asked = asked
        self.programs: list[Program] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        size = struct.calcsize(ASKED)
        while request := os.read(self.asked, size):
            pid, listener, answer = struct.unpack(ASKED, request) if len(request) == size else (0, -1, -1)
            if not _is_below(pid):
                continue  # what a warm process imported may write here too, and name others of the user
            own, reply = taken(pid, listener), taken(pid, answer)
            if own >= 0:
                program = Program(own)
                self.programs.append(program)
                threading.Thread(target=program.answer_all, daemon=True).start()
            if reply >= 0:
                os.write(reply, b"+")
                os.close(reply)

    def listening(self) -> bool:
        """Whether any program waits for connections now."""
        numbers = {number for _, number in _listeners()}
        return any(numbers & program.listened for program in self.programs)


class Program:
    """A program, with the descriptor that asks for it and the numbers of the sockets that it listens on."""

    def __init__(self, listener: int) -> None:
        """Make one that answers on the descriptor `listener`."""
        self.listener = listener
        self.listened: set[int] = set()
        numbers = MACHINES[os.uname().machine][1]
        self.calls = {numbers["connect"]: self._connect, numbers["bind"]: self._bind, numbers["listen"]: self._listen}

    def answer_all(self) -> None:
        """Answer until all processes of the program have ended."""
        poll = select.poll()
        poll.register(self.listener, select.POLLIN)
        while poll.poll()[0][1] & select.POLLIN:
            question = self._question()
            if question is not None:  # each by itself: a call may have to wait for what another call does
                threading.Thread(target=self._answer, args=(question,), daemon=True).start()
        os.close(self.listener)

    def _question(self) -> Question | None:
        asked = bytearray(struct.calcsize(QUESTION))
        try:
            fcntl.ioctl(self.listener, RECEIVE, asked)
        except OSError:
            return None  # who asked has been killed
        number, thread, _, call, _, _, *arguments = struct.unpack(QUESTION, asked)
        return Question(number, thread, call, arguments[0] & 0x7FFFFFFF, arguments[1], arguments[2])

    def _answer(self, question: Question) -> None:
        try:
            answer = struct.pack(ANSWER, question.number, 0, 0, GOES_ON if self._is_left(question) else 0)
        except OSError as error:
            answer = struct.pack(ANSWER, question.number, 0, -(error.errno or errno.EPERM), 0)
        except (ValueError, OverflowError, struct.error):  # nothing that could be an address
            answer = struct.pack(ANSWER, question.number, 0, -errno.EFAULT, 0)
        try:
            fcntl.ioctl(self.listener, SEND, answer)
        except OSError:
            return  # who asked has been killed

    def _is_left(self, question: Question) -> bool:
        """Do the call; return whether it is left to the program, since it is not about TCP."""
        descriptor = taken(_process(question.thread), question.descriptor)
        if descriptor < 0:
            raise OSError(errno.EBADF, "not a descriptor")
        try:
            family = _family(descriptor)
            does = self.calls[question.call]
            if family not in SIZES and does != self._listen:
                return True
            does(descriptor, family, question)
        finally:
            os.close(descriptor)
        return False

    def _bind(self, descriptor: int, _: int, question: Question) -> None:
        _call("bind", descriptor, _own(_address(self.listener, question)))

    def _listen(self, descriptor: int, family: int, question: Question) -> None:
        if family in SIZES and _port(descriptor) == 0:
            _call("bind", descriptor, _loopback(family, 0))
        if libc.listen(descriptor, ctypes.c_int(question.second)) != 0:
            raise _failed()
        self.listened.add(os.fstat(descriptor).st_ino)

    def _connect(self, descriptor: int, _: int, question: Question) -> None:
        address = _own(_address(self.listener, question))
        place = _place(address)
        if place is not None and not self.listened & {number for at, number in _listeners() if at == place}:
            raise OSError(errno.ECONNREFUSED, "no server of the program's own")
        _call("connect", descriptor, address)


def _is_below(pid: int) -> bool:
    """Whether this process made another, or what made that."""
    try:
        while pid > 0 and pid != os.getpid():
            pid = _told(pid, "PPid:")
    except OSError:
        return False  # it has ended
    return pid > 0


def _process(thread: int) -> int:
    """Return the process of a thread."""
    return _told(thread, "Tgid:")


def _told(number: int, what: str) -> int:
    with open(f"/proc/{number}/status") as file:  # noqa: PTH123 - pathlib takes its time to load
        return int(next(line.split()[1] for line in file if line.startswith(what)))


def _family(descriptor: int) -> int:
    value, size = ctypes.c_int(), ctypes.c_uint32(4)
    if libc.getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, ctypes.byref(value), ctypes.byref(size)) != 0:
        raise _failed()
    return value.value


def _address(listener: int, question: Question) -> bytes:
    """Return the address that a call was given, from the memory of the one that still waits at it."""
    length = question.third & 0xFFFFFFFF
    if length > LONGEST:
        raise OSError(errno.EINVAL, "longer than an address")
    with open(f"/proc/{question.thread}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - see _process
        memory.seek(question.second)
        read = memory.read(length)
    fcntl.ioctl(listener, VALID, struct.pack("=Q", question.number))  # else it was another's memory by now
    return read


def _own(address: bytes) -> bytes:
    """Return an address as it may be used: on loopback. One that stands for any is made one of loopback."""
    family = struct.unpack_from("=H", address)[0]
    if family == AF_UNSPEC:
        return address  # by which a socket is connected no more
    place = _place(address)
    if place is None:
        raise OSError(errno.EINVAL, "not an address of TCP")
    if not any(place.address.removeprefix(MAPPED)):
        return _loopback(family, place.port)
    if place.address != LOOPBACK6 and (len(place.address) > len(LOOPBACK) or place.address[0] != LOOPBACK[0]):
        raise OSError(errno.ENETUNREACH, "not on loopback")
    return address


def _place(address: bytes) -> Place | None:
    """Return what an address of TCP names; None for any other."""
    family, port = struct.unpack_from("=H", address)[0], int.from_bytes(address[2:4], "big")
    if len(address) < SIZES.get(family, len(address) + 1):
        return None
    return Place(address[4:8] if family == AF_INET else address[8:24].removeprefix(MAPPED), port)


def _loopback(family: int, port: int) -> bytes:
    """Return the loopback address of a family with that port."""
    begin = struct.pack("=H", family) + port.to_bytes(2, "big")
    return begin + (LOOPBACK + bytes(8) if family == AF_INET else bytes(4) + LOOPBACK6 + bytes(4))


def _port(descriptor: int) -> int:
    """Return the port that a socket is bound to, 0 for none."""
    own, size = ctypes.create_string_buffer(LONGEST), ctypes.c_uint32(LONGEST)
    if libc.getsockname(descriptor, own, ctypes.byref(size)) != 0:
        raise _failed()
    return int.from_bytes(own.raw[2:4], "big")


def _call(name: str, descriptor: int, address: bytes) -> None:
    if getattr(libc, name)(descriptor, address, len(address)) != 0:
        raise _failed()


def _failed() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))


def _listeners() -> list[tuple[Place, int]]:
    """Return where anything of this machine listens by TCP, with the number of each socket."""
    found = []
    for table in TABLES:
        with open(table) as file:  # noqa: PTH123 - see _process
            rows = [line.split() for line in file][1:]
        found += [(_shown(row[1]), int(row[9])) for row in rows if row[3] == LISTENING]
    return found


def _shown(text: str) -> Place:
    """Return a place by what the kernel's tables show: words in the machine's own order, in hexadecimal digits."""
    digits, _, port = text.partition(":")
    words = (struct.pack("=I", int(digits[index : index + 8], 16)) for index in range(0, len(digits), 8))
    return Place(b"".join(words).removeprefix(MAPPED), int(port, 16))
