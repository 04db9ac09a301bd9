"""Edits → mended text, and the file on disk that holds it."""

from __future__ import annotations

from skillcheck.edits.apply import applied
from skillcheck.edits.disk import read, write

__all__ = ["applied", "read", "write"]
