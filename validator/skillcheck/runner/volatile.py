"""What is printed -> the same, with what changes from run to run or machine to machine made equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from skillcheck.model import Program

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+")
_DURATION = re.compile(
    r"(?<![\w.])(?:\d+(?:\.\d+)?(?:e-?\d+)?\s?(?:ns|[\u00b5\u03bcu]s|ms|msec)|\d+\.\d+(?:e-?\d+)?\s?(?:s|secs?|seconds?|min|minutes?))\b"
)
_CLOCK = re.compile(
    r"\b(?:now|utcnow|today|time\.time|perf_counter|monotonic|localtime|gmtime|ctime|asctime|strftime)\b"
)
_MOMENT = re.compile(
    r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?)?(?![\w-])"
    r"|\b\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\b"
)
_MEASURED = re.compile(r"\b(?:psutil|tracemalloc|getrusage|getsizeof|memory_info)\b")
_SIZE = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?\s?(?:bytes?|[kKMGT]i?B|B)\b")


def evened(program: Program) -> Callable[[str], str]:
    """Return what evens out a text that `program` prints.

    Addresses and durations always; moments where it reads a clock; sizes where it measures memory.
    """
    texts = tuple(_texts(program))
    rules = [(_ADDRESS, "at 0x"), (_DURATION, "<duration>")]
    if any(_CLOCK.search(text) for text in texts):
        rules.append((_MOMENT, "<moment>"))
    if any(_MEASURED.search(text) for text in texts):
        rules.append((_SIZE, "<size>"))

    def even(text: str) -> str:
        for pattern, name in rules:
            text = pattern.sub(name, text)
        return text

    return even


def _texts(program: Program) -> Iterable[str]:
    yield from (segment.text for segment in program.segments)
    yield program.unit.block.text
    yield from (unit.block.text for unit in program.files)
