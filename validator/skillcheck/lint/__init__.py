"""Paths → bundle → findings, without executing anything of it."""

from __future__ import annotations

from skillcheck.lint.checking import lint
from skillcheck.lint.reporting import Paths, finished, judged, report, told, wanted

__all__ = ["Paths", "finished", "judged", "lint", "report", "told", "wanted"]
