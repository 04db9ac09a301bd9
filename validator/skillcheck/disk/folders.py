"""Folders of the user's disk that have a meaning of their own."""

from __future__ import annotations

import os
from pathlib import Path

SKIPPED = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "__MACOSX",
    }
)
"""What nobody wrote, or is no part of what is checked; it is passed over."""


def cache_folder() -> Path:
    """Return the folder of the user's cache that is ours, without making it."""
    base = os.environ.get("SKILLCHECK_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "skillcheck" if base else Path.home() / ".cache" / "skillcheck"
