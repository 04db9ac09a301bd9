"""What a program does that nothing else shows → a word of it on its report: imports, other machines, absent files."""

from __future__ import annotations

import json
import os
import sys
from time import monotonic
from types import FrameType
from typing import Any

import seeking  # type: ignore[import-not-found] # run as a folder, this one is on sys.path

WORDS = 8
"""So many words are written, at most, in the time that a program has for itself."""
MACHINERY = "<frozen importlib._bootstrap>"
RESOLVING = "socket.getaddrinfo"
ASKING = frozenset({RESOLVING, "socket.connect"})
HERE = frozenset({None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", b"localhost", b"127.0.0.1", b"::1", b"0.0.0.0"})  # noqa: S104 - nothing is bound
LONGEST = 200
encode = json.JSONEncoder().encode  # taken before a program can replace it


class Hook:
    """An audit hook that writes now and then that the program imports something which is not of its own folder.

    No event tells when an import ends; but whatever takes long while a module is imported raises one or another.
    Once each it also writes that another machine is wanted, what files the program searches for in vain, and which
    variable that it reads isn't set.
    """

    def __init__(self, folder: str, seconds: float, report: int, seal: str, *, network: bool = False) -> None:
        """Make one for a program that has `seconds` for itself, in the process that is to do it.

        Where it has the `network`, nothing is told of its wanting that.
        """
        self.root, self.report, self.seal = f"{folder}/", report, seal
        self.own, self.between = os.getpid(), seconds / WORDS
        self.due = monotonic() + self.between
        self.wants, self.seeks, self.lacks = network, False, False

    def __call__(self, event: str, given: Any) -> None:  # noqa: ANN401 - each event has its own arguments
        """Write if it is time to, and something is imported; write once what is wanted and isn't there."""
        if event in ASKING and not self.wants and is_elsewhere(event, given):
            self.wants = True
            self._write('"network": true')
        if event in seeking.SEARCHES and not self.seeks:
            self._seek(event, given)
        now = monotonic()
        if now < self.due:
            return
        self.due = now + self.between  # before anything that raises an event itself
        if event == "import" or imports(sys._getframe(1), self.root):  # noqa: SLF001 - nothing else sees the stack
            self._write(f'"importing": {now}')

    def watch_variables(self) -> None:
        """Have it written once that the program itself reads a variable of the environment that isn't set."""
        variables: Any = os.environ
        encoded, known = variables.encodekey, variables._data  # noqa: SLF001 - no event tells of it

        def encodekey(name: str) -> bytes:
            found: bytes = encoded(name)
            frame = sys._getframe(1)  # noqa: SLF001 - as above
            if not self.lacks and found not in known and seeking.is_wanted(frame, self.root):
                self.lacks = True
                self._write(f'"unset": {encode(name[:LONGEST])}')
            return found

        variables.encodekey = encodekey

    def _seek(self, event: str, given: Any) -> None:  # noqa: ANN401 - as above
        self.seeks = True  # what is done to find that out is no search of the program's
        is_its_own = seeking.is_its_own(sys._getframe(2), self.root)  # noqa: SLF001 - as above
        what = seeking.vain(event, given).removeprefix(self.root)[:LONGEST] if is_its_own else ""
        self.seeks = bool(what)
        if what:
            self._write(f'"sought": {encode(what)}')

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
