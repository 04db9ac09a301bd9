"""A name → the files of a new skill whose every block is proven, and their place on disk."""

from __future__ import annotations

from skillcheck.scaffold.files import skill_files, suite_files
from skillcheck.scaffold.place import TakenError, put

__all__ = ["TakenError", "put", "skill_files", "suite_files"]
