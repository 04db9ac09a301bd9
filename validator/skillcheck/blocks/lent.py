"""A Python block that is only shown -> the imports in it, which later blocks may rest on all the same."""

from __future__ import annotations

import re
from dataclasses import replace

from skillcheck.blocks.parsing import parse
from skillcheck.model import Role, Unit

_IMPORT = re.compile(
    r"(?m)^(?:import [\w., ]+|from [\w.]+ import (?:[\w*, ]+|\((?:[^()\n]*\n){0,100}?[^()\n]*\)))[ \t]*(?:#.*)?$"
)


def lent(unit: Unit) -> Unit | None:
    """Return a shown unit reduced to its imports; None where it has none at its left margin."""
    kept = imports_in(unit.block.text)
    return replace(unit, block=replace(unit.block, text=f"{kept}\n"), role=Role.SCRIPT, reason="") if kept else None


def imports_in(text: str) -> str:
    """Return the imports at the left margin of a text that need not parse, each on its own line."""
    found = [match for match in _IMPORT.finditer(text) if parse(match[0]) is not None]
    return "".join(_moved(text, before, match) for before, match in zip([None, *found], found, strict=False))


def _moved(text: str, before: re.Match[str] | None, match: re.Match[str]) -> str:
    """Return an import behind as many line ends as there are between it and the one before."""
    return "\n" * text.count("\n", before.end() if before else 0, match.start()) + match[0]
