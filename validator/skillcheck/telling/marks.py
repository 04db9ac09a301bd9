"""Findings → the same with the line that each is about, and a fingerprint that survives moved lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from skillcheck.load import Lines
from skillcheck.model import Bundle, Finding

LENGTH = 32


def marked(findings: Iterable[Finding], bundle: Bundle, root: Path) -> Iterator[Finding]:
    """Yield the findings with excerpt and fingerprint.

    A fingerprint is made of the code, the path below `root`, the line without its spacing, and which of several alike
    it is.
    """
    lines = Lines(bundle)
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        excerpt = lines.at(finding.place)
        path = Path(os.path.relpath(finding.place.path, root)).as_posix()
        key = (finding.code, path, " ".join(excerpt.split()))
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
        yield replace(finding, excerpt=excerpt, fingerprint=digest)
