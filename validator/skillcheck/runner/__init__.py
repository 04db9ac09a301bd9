"""Programs → results: each block in a process of its own, held as tightly as the machine allows."""

from __future__ import annotations

from skillcheck.runner.behaviour import Suite, is_test, run_suite
from skillcheck.runner.cache import Cache, CacheInfo
from skillcheck.runner.holding import held
from skillcheck.runner.prove import Proof, covered, prove
from skillcheck.runner.running import Options

__all__ = [
    "Cache",
    "CacheInfo",
    "Options",
    "Proof",
    "Suite",
    "covered",
    "held",
    "is_test",
    "prove",
    "run_suite",
]
