"""Blocks -> programs: what each block is, and what it is executed with. Pure: nothing is run, read or written."""

from __future__ import annotations

from skillcheck.blocks.programs import programs, units

__all__ = ["programs", "units"]
