"""Paths and ZIP files -> Bundle."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from skillcheck.load.discover import Survey, Waiting, discover
from skillcheck.load.limits import Limits
from skillcheck.load.lines import Lines
from skillcheck.load.tree import read_file, unsaved
from skillcheck.model import Bundle

__all__ = ["Limits", "Lines", "Survey", "Waiting", "load", "read_file", "survey", "unsaved"]

_LIMITS = Limits()


def load(paths: Sequence[str | os.PathLike[str]], *, limits: Limits = _LIMITS) -> Bundle:
    """Read folders, single skills, SKILL.md files, ZIP and `.skill` files, plugin and marketplace roots.

    What cannot be read is a fault in the bundle or in one of its nodes; nothing that stands on disk raises.
    """
    found = survey(paths, limits=limits)
    around = found.around()
    waiting = sorted((*found.waiting, *around.waiting), key=lambda each: each.path)
    return replace(around.bundle, skills=tuple(each.read() for each in waiting))


def survey(paths: Sequence[str | os.PathLike[str]], *, limits: Limits = _LIMITS) -> Survey:
    """Find the skills, which wait to be read one by one: all of them together may be more than memory holds."""
    return discover([os.fspath(path) for path in paths], limits)
