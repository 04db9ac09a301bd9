"""Findings → what is told of them: the level for the targets, the line, a fingerprint; and each client's verdict."""

from __future__ import annotations

from skillcheck.telling.about import about
from skillcheck.telling.baseline import BadBaselineError, Baseline
from skillcheck.telling.ignores import is_static, unignored
from skillcheck.telling.levels import levelled
from skillcheck.telling.marks import marked
from skillcheck.telling.roles import Roles, roles
from skillcheck.telling.verdicts import fails, refuses, takes, verdicts

__all__ = [
    "BadBaselineError",
    "Baseline",
    "Roles",
    "about",
    "fails",
    "is_static",
    "levelled",
    "marked",
    "refuses",
    "roles",
    "takes",
    "unignored",
    "verdicts",
]
