"""A finding → what tells it from every other one of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from skillcheck.model import Finding


def identified(findings: Iterable[Finding]) -> Iterator[tuple[str, Finding]]:
    """Yield each finding with its fingerprint, made of all that it says where it has none; no two are alike."""
    seen: Counter[str] = Counter()
    for finding in findings:
        own = finding.fingerprint or _digest(f"{finding.code}\0{finding.place}\0{finding.message}")
        seen[own] += 1
        yield own if seen[own] == 1 else _digest(f"{own}\0{seen[own]}"), finding


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
