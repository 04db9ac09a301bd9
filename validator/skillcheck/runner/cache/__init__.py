"""What a result rests on → its key → the result as it was measured: what need not be run again."""

from __future__ import annotations

from skillcheck.disk import Cache, CacheInfo
from skillcheck.runner.cache.keys import content_hash, key_of
from skillcheck.runner.cache.records import (
    Record,
    recall,
    recall_answer,
    recall_tests,
    remember,
    remember_answer,
    remember_tests,
)
from skillcheck.runner.cache.surroundings import OWN, Around, around

__all__ = [
    "OWN",
    "Around",
    "Cache",
    "CacheInfo",
    "Record",
    "around",
    "content_hash",
    "key_of",
    "recall",
    "recall_answer",
    "recall_tests",
    "remember",
    "remember_answer",
    "remember_tests",
]
