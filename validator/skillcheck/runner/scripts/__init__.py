"""Programs in other languages than Python → results: what reads them, runs them and tells how they ended."""

from __future__ import annotations

from skillcheck.runner.scripts.shell import commands
from skillcheck.runner.scripts.trying import is_asked, is_tried, try_all

__all__ = ["commands", "is_asked", "is_tried", "try_all"]
