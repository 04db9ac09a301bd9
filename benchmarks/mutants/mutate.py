"""A skill's blocks → mutants, each a block with one mistake in it; the same skill gives the same mutants."""

from __future__ import annotations

import ast
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property

from benchmarks.mutants.operators import OPERATORS
from benchmarks.mutants.source import Edit, Source
from skillcheck.model import Role, Unit


@dataclass(frozen=True)
class Mutant:
    """One mistake in one block: the operator that made it, the edit, and the block's text with it.

    `lines` are those of the statement that it stands in, counted in the block from 1.
    """

    unit: Unit
    operator: str
    edit: Edit
    text: str
    lines: frozenset[int]

    @cached_property
    def key(self) -> str:
        """What tells it from all others: it rests on the texts alone, so it holds until one of them changes."""
        parts = (self.unit.snippet, self.unit.block.text, self.text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]

    @property
    def line(self) -> int:
        """The Markdown's line on which the mistake begins."""
        return self.unit.block.line + self.unit.block.text.count("\n", 0, self.edit.start)

    @property
    def change(self) -> tuple[str, str]:
        """The lines that are changed, as they were and as they are, without the space around them."""
        old, new = self.unit.block.text, self.text
        first = old.rfind("\n", 0, self.edit.start) + 1
        last = old.find("\n", self.edit.end)
        last = len(old) if last < 0 else last
        return old[first:last].strip(), new[first : last + len(new) - len(old)].strip()

    @property
    def diff(self) -> str:
        """The mistake as a unified diff whose lines are the Markdown's."""
        before, after = ("\n" * (self.unit.block.line - 1) + text for text in (self.unit.block.text, self.text))
        lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        return "\n".join(list(lines)[2:])


def mutants(units: Sequence[Unit]) -> tuple[Mutant, ...]:
    """Return every mutant of the Python blocks that are more than shown, in the order of the documents."""
    chosen = (unit for unit in units if unit.language == "python" and unit.role is not Role.SHOWN)
    return tuple(mutant for unit in chosen for mutant in _mutants(unit))


def sample(found: Sequence[Mutant], size: int | None, seed: int) -> tuple[Mutant, ...]:
    """Return `size` of the mutants in their order, all of them where that is None; a seed gives the same ones."""
    if size is None or size >= len(found):
        return tuple(found)
    picked = random.Random(seed).sample(range(len(found)), size)  # noqa: S311 - to be repeated, not to be secret
    return tuple(found[index] for index in sorted(picked))


def _mutants(unit: Unit) -> Iterator[Mutant]:
    try:
        source = Source(unit.block.text)
    except SyntaxError:
        return
    seen = {_meaning(unit.block.text)}
    spans = sorted(_spans(source), key=len)
    for operator in OPERATORS:
        for edit in operator(source):
            text = edit.applied(unit.block.text)
            meaning = _meaning(text)
            if meaning is not None and meaning not in seen:
                seen.add(meaning)
                first = unit.block.text.count("\n", 0, edit.start) + 1
                lines = next((span for span in spans if first in span), range(first, first + 1))
                yield Mutant(unit, operator.__name__, edit, text, frozenset(lines))


def _meaning(text: str) -> str | None:
    """Return what the text says to Python, None where that is nothing."""
    try:
        return ast.dump(Source(text).tree)
    except SyntaxError:
        return None


def _spans(source: Source) -> Iterator[range]:
    """Yield the lines of each statement: of one that holds others, down to the first of them."""
    for node in source.nodes(ast.stmt):
        body = getattr(node, "body", None)
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        yield range(first, max(first, last) + 1)
    for handler in source.nodes(ast.ExceptHandler):
        yield range(handler.lineno, handler.lineno + 1)
