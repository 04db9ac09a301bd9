"""What a program's report says of its imports → when its time is up: that begins only after them."""

from __future__ import annotations

import os

MOST = 60.0
"""Seconds that imports may take in all, besides those that a program has for itself."""
WORD = b'{"importing": '
TAIL = 1 << 12


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
