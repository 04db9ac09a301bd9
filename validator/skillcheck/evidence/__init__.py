"""Results → the evidence that a ZIP carries; evidence and new results → the claims that do not hold."""

from __future__ import annotations

from skillcheck.evidence.claims import unmet
from skillcheck.evidence.document import Measured, document, lock_hash

__all__ = ["Measured", "document", "lock_hash", "unmet"]
