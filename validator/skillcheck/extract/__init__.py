"""Programs -> snippet files, and how the files on disk differ from them."""

from __future__ import annotations

from skillcheck.extract.drift import drift
from skillcheck.extract.snippets import snippets
from skillcheck.extract.writing import write

__all__ = ["drift", "snippets", "write"]
