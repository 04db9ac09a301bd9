"""Work → the same work, done by several processes at once."""

from __future__ import annotations

from skillcheck.crew.forks import begun, hands, spread

__all__ = ["begun", "hands", "spread"]
