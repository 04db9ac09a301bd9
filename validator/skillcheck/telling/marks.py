"""Findings → the same with the line that each is about, and a fingerprint that survives moved lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from skillcheck.load import Lines
from skillcheck.model import Finding

LENGTH = 32
_LINES = 64  # so many lines are remembered at a time: what is found in one stands together


def marked(findings: Iterable[Finding], lines: Lines, root: Path) -> Iterator[Finding]:
    """Yield the findings, each with the line it is about and a fingerprint.

    That is made of the code, the path below `root`, the line without its spacing, and which of several alike it is.
    """
    below = cache(partial(_below, root, os.path.join(os.path.abspath(root), "")))  # noqa: PTH100, PTH118 - as below
    seen: Counter[tuple[str, str, str]] = Counter()
    begun = lru_cache(_LINES)(_begun)
    for finding in findings:
        excerpt = finding.excerpt or lines.at(finding.place)
        line, digest = begun(finding.code, below(finding.place.path), excerpt)
        digest = digest.copy()
        digest.update(str(seen[line]).encode())
        seen[line] += 1
        yield finding.marked(excerpt, digest.hexdigest()[:LENGTH])


def _below(root: Path, prefix: str, path: str) -> str:
    """Return the path as it is below the folder; `relpath` takes ten times as long, and there are thousands."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links
    within = absolute.removeprefix(prefix) if absolute.startswith(prefix) else os.path.relpath(path, root)
    return within.replace(os.sep, "/")


def _begun(code: str, path: str, excerpt: str) -> tuple[tuple[str, str, str], Any]:
    """Return what the findings of a line, however long it is, have in common, and the digest that begins with it."""
    line = (code, path, " ".join(excerpt.split()))
    return line, sha256("\0".join((*line, "")).encode("utf-8", "surrogatepass"))
