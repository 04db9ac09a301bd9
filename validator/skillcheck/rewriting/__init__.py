"""Mismatches -> the Markdown as its blocks print, with all else of it left as it is."""

from __future__ import annotations

from skillcheck.rewriting.files import write
from skillcheck.rewriting.text import rewritten

__all__ = ["rewritten", "write"]
