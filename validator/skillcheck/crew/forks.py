"""Jobs and what to do with each → the results in the jobs' order, from forks of this process that share the jobs."""

from __future__ import annotations

import contextlib
import copyreg
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import partial
from operator import attrgetter
from typing import IO, Any, TypeVar

from skillcheck.model.lean import dataclass

J = TypeVar("J")
R = TypeVar("R")

TOKEN = 4
MOST_TOKENS = 8192
"""So many fit into a pipe (64 KiB on Linux), so that filling the queue never waits for somebody to empty it."""

FEW = 2
"""Of fewer fields `attrgetter` makes no tuple."""


def hands() -> int:
    """Return how many processes are of use: one for each core that this one may use, where forks are safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def spread(jobs: Sequence[J], work: Callable[[J], R], hands: int) -> Iterator[R]:
    """Yield what `work` makes of each of the `jobs`, in their order, with up to `hands` processes."""
    with begun(jobs, work, hands) as results:
        yield from results()


@contextlib.contextmanager
def begun(jobs: Sequence[J], work: Callable[[J], R], hands: int) -> Iterator[Callable[[], Iterator[R]]]:
    """Have others begin with the jobs while this process does something else; give what helps and yields the results.

    These have to be such as can be pickled. A process that ends before its time leaves its jobs to this one. With
    threads about, which no fork has, this process does all by itself; so it does where it may not start another.
    """
    others = min(hands, len(jobs)) - 1
    with contextlib.ExitStack() as stack:
        crew: list[_Other] = []
        queue = -1
        if others > 0 and threading.active_count() == 1:
            with contextlib.suppress(OSError):
                queue = stack.enter_context(_queue(len(jobs)))
                crew += (stack.enter_context(_other(queue, jobs, work)) for _ in range(others))
        yield partial(_results, jobs, work, queue, crew)


def _results(jobs: Sequence[J], work: Callable[[J], R], queue: int, crew: Sequence[_Other]) -> Iterator[R]:
    done: dict[int, R] = {}
    if crew:
        with contextlib.suppress(OSError):
            done |= _worked_off(queue, jobs, work)
            for other in crew:
                done |= other.results()
    for number, job in enumerate(jobs):
        yield done.pop(number) if number in done else work(job)


@contextlib.contextmanager
def _queue(length: int) -> Iterator[int]:
    """Give the end of a pipe from which each process takes the numbers of jobs; a read takes one whole."""
    reading, writing = os.pipe()
    with open(reading, "rb", buffering=0), open(writing, "wb", buffering=0) as filled:  # noqa: PTH123 - descriptors
        step = -(-length // MOST_TOKENS)
        filled.write(b"".join(start.to_bytes(TOKEN) for start in range(0, length, step)))
        filled.close()
        yield reading


def _worked_off(queue: int, jobs: Sequence[J], work: Callable[[J], R]) -> Iterator[tuple[int, R]]:
    step = -(-len(jobs) // MOST_TOKENS)
    while token := os.read(queue, TOKEN):
        start = int.from_bytes(token)
        for number, job in enumerate(jobs[start : start + step], start):
            yield number, work(job)


@dataclass(slots=True)
class _Other:
    """Another process, 0 once it has been waited for, and the file of its results."""

    pid: int
    file: IO[bytes]

    def results(self) -> Iterator[tuple[int, Any]]:
        """Wait until it has ended, and yield what it wrote, as far as it came."""
        self.wait()
        self.file.seek(0)
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            while True:
                yield pickle.load(self.file)  # noqa: S301 - our own fork wrote it, to a file that has no name

    def wait(self) -> None:
        os.waitpid(self.pid, 0)
        self.pid = 0


@contextlib.contextmanager
def _other(queue: int, jobs: Sequence[J], work: Callable[[J], R]) -> Iterator[_Other]:
    """Start another process; it is ended if nobody has waited for it."""
    with open(os.memfd_create("results"), "w+b") as file:  # noqa: PTH123 - Linux's, as forks are; tempfile loads slowly
        other = _Other(os.fork(), file)
        if other.pid == 0:
            _end(file, queue, jobs, work)
        try:
            yield other
        finally:
            if other.pid:
                os.kill(other.pid, signal.SIGKILL)
                other.wait()


def _end(file: IO[bytes], queue: int, jobs: Sequence[J], work: Callable[[J], R]) -> None:
    """Do the work of the other process, and end it: nothing of what this one was about to do is its business."""
    reducers = _Reducers(copyreg.dispatch_table)
    try:
        for result in _worked_off(queue, jobs, work):
            pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
            pickler.dispatch_table = reducers
            pickler.dump(result)
        file.flush()
    finally:
        os._exit(0)


class _Reducers(dict[type, Callable[[Any], Any]]):
    """Classes → how their instances are pickled: dataclasses as calls of their class.

    What dataclasses do themselves asks for the fields of each instance anew, which takes three times as long.
    """

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        named = fields(kind) if is_dataclass(kind) else ()
        is_plain = all(field.init and not field.kw_only for field in named) and not hasattr(kind, "__post_init__")
        if len(named) < FEW or not is_plain:
            raise KeyError(kind)
        values = attrgetter(*(field.name for field in named))
        self[kind] = lambda made: (kind, values(made))
        return self[kind]
