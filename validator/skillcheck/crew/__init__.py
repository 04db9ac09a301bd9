"""Work → the same work, done by several processes at once."""

from __future__ import annotations

from skillcheck.crew.forks import hands, spread

__all__ = ["hands", "spread"]
