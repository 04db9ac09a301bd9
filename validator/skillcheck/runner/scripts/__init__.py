"""Programs in other languages than Python → results: what reads them, runs them and tells how they ended."""

from __future__ import annotations

from skillcheck.runner.scripts.shell import HELD, commands, prepare
from skillcheck.runner.scripts.straight import spans, traced
from skillcheck.runner.scripts.trying import is_asked, is_tried, try_all

__all__ = ["HELD", "commands", "is_asked", "is_tried", "prepare", "spans", "traced", "try_all"]
