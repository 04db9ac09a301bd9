"""Requirements → a ready interpreter with exactly these installed."""

from __future__ import annotations

from skillcheck.environments.build import prepare, present
from skillcheck.environments.declared import declared
from skillcheck.environments.listed import listed, parse
from skillcheck.environments.locks import lock_file, locked
from skillcheck.environments.pythons import absent, pythons

__all__ = ["absent", "declared", "listed", "lock_file", "locked", "parse", "prepare", "present", "pythons"]
