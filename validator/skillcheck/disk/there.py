"""A path -> what stands there; nothing, where it cannot be looked at.

`Path.is_file` and its like raise what forbids to look, before Python 3.14; a reader tells of that where it reads.
"""

from __future__ import annotations

import os
from pathlib import Path


def exists(path: str | Path) -> bool:
    """Return whether anything stands there, a link being followed."""
    return os.path.exists(path)  # noqa: PTH110 - never raises


def is_file(path: str | Path) -> bool:
    """Return whether a file stands there, or a link to one."""
    return os.path.isfile(path)  # noqa: PTH113 - never raises


def is_folder(path: str | Path) -> bool:
    """Return whether a folder stands there, or a link to one."""
    return os.path.isdir(path)  # noqa: PTH112 - never raises


def is_shut(path: str | Path) -> bool:
    """Return whether something is a folder that may not be listed or looked into."""
    return os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK)  # noqa: PTH112 - never raises
