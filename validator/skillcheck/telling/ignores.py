"""Findings and the comments that ask not to be told of them → what is left, and which comments asked for nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from skillcheck.model import Bundle, Finding, Ignore, UnusedIgnore

MEASURED = ("SK530", "SK612", "SK7", "SK8")
"""The codes that `check` cannot give: they come of running, packing, or comparing generated files."""


def is_static(code: str) -> bool:
    """Return whether `check` can give a code, or any that begins so."""
    return not code.startswith(MEASURED)


def unignored(
    findings: Iterable[Finding], bundle: Bundle, looked_at: Callable[[str], bool]
) -> tuple[list[Finding], list[UnusedIgnore]]:
    """Return the findings that no comment of their document leaves out, and the comments that leave out nothing."""
    asked: defaultdict[str, list[Ignore]] = defaultdict(list)
    for skill in bundle.skills:
        for document in skill.documents:
            asked[document.path] += document.ignores
    left, used = [], set()
    for finding in findings:
        over = [ignore for ignore in asked.get(finding.place.path, ()) if _covers(ignore, finding)]
        used.update(over)
        left += [] if over else [finding]
    every = (ignore for ignores in asked.values() for ignore in ignores)
    unused = [UnusedIgnore(each) for each in every if each not in used and all(map(looked_at, each.codes))]
    return left, unused


def _covers(ignore: Ignore, finding: Finding) -> bool:
    return ignore.first <= finding.place.line <= ignore.last and finding.code.startswith(ignore.codes)
