"""What lies on the user's disk: the state of all that is below a folder, and the cache of what was found out before."""

from __future__ import annotations

from skillcheck.disk.folders import SKIPPED, cache_folder
from skillcheck.disk.states import State, state
from skillcheck.disk.store import FORMAT, MEBIBYTE, Cache, CacheInfo

__all__ = ["FORMAT", "MEBIBYTE", "SKIPPED", "Cache", "CacheInfo", "State", "cache_folder", "state"]
