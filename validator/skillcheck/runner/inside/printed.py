"""Spans of lines -> what the statements on them print, while the program's own output goes where it always did."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

LONGEST = 1 << 16
Span = tuple[int, int, int]
"""The line on which a function or class begins, 0 for the module; then the first and last line that are meant."""


class Recorder:
    """Keeps what is written to standard output: for each span by itself, and all of it."""

    def __init__(self, file: str, spans: list[Span]) -> None:
        """Make one that listens from `listening` on."""
        self.file, self.spans = file, [tuple(span) for span in spans]
        self.direct = [""] * len(spans)
        self.during = [""] * len(spans)
        self.whole = ""
        self.listening = False
        self.coroutine: Any = None

    def install(self) -> None:
        """Stand in for standard output."""
        known: Any = sys.stdout
        encoding, errors, lines = known.encoding, known.errors, known.line_buffering
        known.flush()
        binary = open(known.fileno(), "wb", closefd=False)  # noqa: SIM115 - in a fork it is not what it was
        stands: Any = Output(self, binary, encoding, errors, line_buffering=lines)
        sys.stdout = sys.__stdout__ = stands  # type: ignore[misc] # all that is written must be told

    def told(self) -> list[str]:
        """Return what was printed for each span, and all of it for one that has no lines."""
        found = zip(self.spans, self.direct, self.during, strict=True)
        return [(direct or during) if span[2] else self.whole for span, direct, during in found]

    def note(self, text: str, frame: FrameType | None) -> None:
        """Take down what is written below `frame`."""
        if not self.listening:
            return
        self.whole = (self.whole + text)[:LONGEST]
        number = self._number(_outward(frame))
        kept = self.direct
        if number is None:
            number, kept = self._number(self._elsewhere()), self.during
        if number is not None:
            kept[number] = (kept[number] + text)[:LONGEST]

    def _number(self, frames: Iterator[FrameType]) -> int | None:
        for frame in frames:
            if frame.f_code.co_filename == self.file:
                scope = 0 if frame.f_code.co_name == "<module>" else frame.f_code.co_firstlineno
                found = [
                    (last - first, number)
                    for number, (owner, first, last) in enumerate(self.spans)
                    if owner == scope and first <= (frame.f_lineno or 0) <= last
                ]
                if found:
                    return min(found)[1]
        return None

    def _elsewhere(self) -> Iterator[FrameType]:
        """Yield the frames that wait for what writes: of other tasks, of the program itself, of the main thread."""
        asyncio: Any = sys.modules.get("asyncio")
        try:
            waiting = [task.get_coro() for task in asyncio.all_tasks()] if asyncio else []
        except RuntimeError:  # no loop runs in this thread
            waiting = []
        for coroutine in (*waiting, self.coroutine):
            yield from reversed(_awaiting(coroutine))
        threading: Any = sys.modules.get("threading")
        if threading:
            yield from _outward(sys._current_frames().get(threading.main_thread().ident))  # noqa: SLF001 - the documented way


def _outward(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _awaiting(coroutine: Any) -> list[FrameType]:  # noqa: ANN401 - a coroutine, a generator, whatever is awaited
    found = []
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None)
        if frame is not None:
            found.append(frame)
        coroutine = getattr(coroutine, "cr_await", None)
    return found


class Output(io.TextIOWrapper):
    """Standard output that tells a recorder what is written to it."""

    def __init__(self, recorder: Recorder, binary: Any, *arguments: Any, **options: Any) -> None:  # noqa: ANN401
        """Write to `binary`, as the one did that this stands in for."""
        super().__init__(binary, *arguments, **options)
        self.recorder = recorder
        vars(self)["mode"] = "w"  # as the interpreter's own has it
        self.binary = Bytes(recorder, binary, self.encoding)

    @property
    def buffer(self) -> Any:  # noqa: ANN401 - stands in for it
        """What takes bytes."""
        return self.binary

    def write(self, text: str) -> int:
        """Write, and tell."""
        count = super().write(text)
        self.recorder.note(text, sys._getframe(1))  # noqa: SLF001 - there is no other way to know who writes
        return count


class Bytes:
    """A binary stream that tells a recorder what is written to it."""

    def __init__(self, recorder: Recorder, binary: Any, encoding: str) -> None:  # noqa: ANN401
        """Write to `binary`."""
        self._recorder, self._binary, self._encoding = recorder, binary, encoding

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Have all else of the stream."""
        return getattr(self._binary, name)

    def write(self, data: Any) -> int:  # noqa: ANN401 - whatever has bytes
        """Write, and tell."""
        count: int = self._binary.write(data)
        self._recorder.note(bytes(data).decode(self._encoding, "replace"), sys._getframe(1))  # noqa: SLF001
        return count

    def writelines(self, lines: Any) -> None:  # noqa: ANN401
        """Write each, and tell."""
        for line in lines:
            self.write(line)
