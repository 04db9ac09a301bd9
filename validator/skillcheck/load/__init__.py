"""Paths and ZIP files -> Bundle."""

from __future__ import annotations

import os
from collections.abc import Sequence

from skillcheck.load.discover import discover
from skillcheck.load.limits import Limits
from skillcheck.load.lines import Lines
from skillcheck.load.tree import unsaved
from skillcheck.model import Bundle

__all__ = ["Limits", "Lines", "load", "unsaved"]

_LIMITS = Limits()


def load(paths: Sequence[str | os.PathLike[str]], *, limits: Limits = _LIMITS) -> Bundle:
    """Read folders, single skills, SKILL.md files, ZIP and `.skill` files, plugin and marketplace roots.

    What cannot be read is a fault in the bundle or in one of its nodes; nothing that stands on disk raises.
    """
    return discover([os.fspath(path) for path in paths], limits)
