"""Programs → results: each block in a process of its own, held as tightly as the machine allows."""

from __future__ import annotations

from skillcheck.runner.behaviour import Suite, is_test, run_suite
from skillcheck.runner.prove import Proof, covered, prove
from skillcheck.runner.running import Options

__all__ = ["Options", "Proof", "Suite", "covered", "is_test", "prove", "run_suite"]
