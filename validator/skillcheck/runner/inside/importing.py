"""A program that still imports what is installed → a word of it on its report: its time begins only after that."""

from __future__ import annotations

import os
import sys
from time import monotonic
from types import FrameType
from typing import Any

MOST = 60.0
"""Seconds that imports may take in all, besides those that a program has for itself."""
WORDS = 8
"""So many words are written, at most, in the time that a program has for itself."""
MACHINERY = "<frozen importlib._bootstrap>"
RESOLVING = "socket.getaddrinfo"
ASKING = frozenset({RESOLVING, "socket.connect"})
HERE = frozenset({None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost", b"127.0.0.1", b"::1", b"0.0.0.0"})  # noqa: S104 - nothing is bound
WORD = b'{"importing": '
TAIL = 1 << 12


class Hook:
    """An audit hook that writes now and then that the program imports something which is not of its own folder.

    No event tells when an import ends; but whatever takes long while a module is imported raises one or another.
    """

    def __init__(self, folder: str, seconds: float, report: int, seal: str, *, network: bool = False) -> None:
        """Make one for a program that has `seconds` for itself, in the process that is to do it.

        Where it has the `network`, nothing is told of its wanting that.
        """
        self.root, self.report, self.seal = f"{folder}/", report, seal
        self.own, self.between = os.getpid(), seconds / WORDS
        self.due = monotonic() + self.between
        self.wants = network

    def __call__(self, event: str, given: Any) -> None:  # noqa: ANN401 - each event has its own arguments
        """Write if it is time to, and something is imported; write once that another machine is wanted."""
        if event in ASKING and not self.wants and is_elsewhere(event, given):
            self.wants = True
            self._write('"network": true')
        now = monotonic()
        if now < self.due:
            return
        self.due = now + self.between  # before anything that raises an event itself
        if event == "import" or imports(sys._getframe(1), self.root):  # noqa: SLF001 - nothing else sees the stack
            self._write(f'"importing": {now}')

    def _write(self, word: str) -> None:
        if os.getpid() != self.own:
            return  # what the program forked speaks for itself alone
        try:  # noqa: SIM105 - a program must not find contextlib loaded
            os.write(self.report, f"\n{self.seal}{{{word}}}\n".encode())
        except OSError:
            pass  # the program may close what it likes


def is_elsewhere(event: str, given: Any) -> bool:  # noqa: ANN401 - as above
    """Whether a socket's event is about another machine."""
    address = given[0] if event == RESOLVING else given[1]
    host = address[0] if isinstance(address, tuple) else address
    return host not in HERE and not (
        event != RESOLVING and isinstance(address, str | bytes)
    )  # of a file, if it is text


def imports(frame: FrameType | None, root: str) -> bool:
    """Whether a module is being imported, by which nothing below the folder `root` is being executed."""
    while frame is not None and not frame.f_code.co_filename.startswith(root):
        if frame.f_code.co_filename == MACHINERY:
            return True
        frame = frame.f_back
    return False


def deadline(began: float, seconds: float, written: bytes, seal: bytes) -> float:
    """Return when a program's time is up: `seconds` after it began, or after the last word that it still imports."""
    word = written.rpartition(b"\n" + seal + WORD)
    try:
        begin = float(word[2].partition(b"}")[0]) if word[1] else began
    except ValueError:  # a program that found the seal can write anything
        begin = began
    return min(max(began, begin), began + MOST) + seconds


def tail(report: int) -> bytes:
    """Return the end of what was written to a file."""
    return os.pread(report, TAIL, max(0, os.fstat(report).st_size - TAIL))
