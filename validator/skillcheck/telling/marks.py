"""Findings → the same with the line that each is about, and a fingerprint that survives moved lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from skillcheck.load import Lines
from skillcheck.model import Bundle, Finding

LENGTH = 32


def marked(findings: Iterable[Finding], bundle: Bundle, root: Path) -> Iterator[Finding]:
    """Yield the findings with excerpt and fingerprint."""
    yield from fingerprinted(excerpted(findings, bundle), root)


def excerpted(findings: Iterable[Finding], bundle: Bundle) -> Iterator[Finding]:
    """Yield the findings, each with the line it is about, in a document of the bundle or in a file on disk."""
    lines = Lines(bundle)
    for finding in findings:
        yield finding if finding.excerpt else replace(finding, excerpt=lines.at(finding.place))


def fingerprinted(findings: Iterable[Finding], root: Path) -> Iterator[Finding]:
    """Yield the findings with a fingerprint.

    It is made of the code, the path below `root`, the line without its spacing, and which of several alike it is.
    """
    below = cache(lambda path: Path(os.path.relpath(path, root)).as_posix())
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.code, below(finding.place.path), " ".join(finding.excerpt.split()))
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
        yield replace(finding, fingerprint=digest)
