"""Where an event loop spends its time: a sample for each millisecond of CPU, by the package whose line it is."""

from __future__ import annotations

import json
import signal
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.001
STANDARD = "Python's own"


class Profiler:
    """Samples from SIGUSR1 until it is asked to write; without a path, it does nothing."""

    def __init__(self, path: str) -> None:
        """Wait for the signal."""
        self.path = path
        self.packages: Counter[str] = Counter()
        self.functions: Counter[str] = Counter()
        if path:
            signal.signal(signal.SIGPROF, self._sample)
            signal.signal(signal.SIGUSR1, self._begin)

    def write(self) -> None:
        """Write the counts."""
        if self.path:
            signal.setitimer(signal.ITIMER_PROF, 0)
            found = {"packages": dict(self.packages), "functions": dict(self.functions.most_common(20))}
            Path(self.path).write_text(json.dumps(found))

    def _begin(self, _: int, __: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def _sample(self, _: int, frame: FrameType | None) -> None:
        while frame is not None and package(frame) == STANDARD:
            frame = frame.f_back
        is_loop = frame is None or frame.f_code.co_name == "<module>"  # nobody's code: the loop itself, and its sockets
        self.packages["asyncio" if is_loop or frame is None else package(frame)] += 1
        if frame is not None and not is_loop:
            self.functions[f"{frame.f_code.co_qualname} of {package(frame)}"] += 1


def package(frame: FrameType) -> str:
    """Return the package that a frame belongs to."""
    path = frame.f_code.co_filename
    if "site-packages/" in path:
        return path.partition("site-packages/")[2].partition("/")[0].removesuffix(".py")
    return "the skill" if "/app/" in path or path.endswith("target.py") else STANDARD
