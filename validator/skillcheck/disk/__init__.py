"""What lies on the user's disk: the state of all below a folder, the cache of what was found out, files put whole."""

from __future__ import annotations

from skillcheck.disk.bounds import MANIFESTS, bounds, is_within, trusted_root
from skillcheck.disk.folders import SKIPPED, cache_folder
from skillcheck.disk.grounds import Grounds, Told, seen
from skillcheck.disk.machine import MACHINE, kernel
from skillcheck.disk.patterns import known_patterns, patterns
from skillcheck.disk.states import State, state
from skillcheck.disk.store import FORMAT, MEBIBYTE, OLDEST, Cache, CacheInfo
from skillcheck.disk.there import exists, is_file, is_folder, is_shut
from skillcheck.disk.whole import put

__all__ = [
    "FORMAT",
    "MACHINE",
    "MANIFESTS",
    "MEBIBYTE",
    "OLDEST",
    "SKIPPED",
    "Cache",
    "CacheInfo",
    "Grounds",
    "State",
    "Told",
    "bounds",
    "cache_folder",
    "exists",
    "is_file",
    "is_folder",
    "is_shut",
    "is_within",
    "kernel",
    "known_patterns",
    "patterns",
    "put",
    "seen",
    "state",
    "trusted_root",
]
