"""A unified diff -> the words for its first difference."""

from __future__ import annotations


def first_difference(diff: str) -> str:
    """Return the first changed line of a unified diff as the end of a sentence, empty without one."""
    changed = (line for line in diff.splitlines() if line[:1] in {"+", "-"} and line[:3] not in {"+++", "---"})
    first = next(changed, "")
    return f": {first}" if first else ""
