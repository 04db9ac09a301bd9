"""A mutant → the tests that could notice it, those that tell soonest first."""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.mutants.baseline import Test
from benchmarks.mutants.mutate import Mutant
from benchmarks.mutants.source import FUNCTIONS, named
from skillcheck.model import Unit

DEPTH = 4
Spans = dict[str, set[int]]


@dataclass(frozen=True, slots=True)
class Selection:
    """The tests of a suite, and which lines of the project name what."""

    tests: tuple[Test, ...]
    trees: dict[str, ast.Module]
    noticed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a test noticed a mistake in a file: it is tried first in the next one."""

    @classmethod
    def of(cls, tests: Sequence[Test], files: Sequence[Unit]) -> Selection:
        """Read the project."""
        python = [unit for unit in files if unit.language == "python"]
        return cls(tuple(tests), {unit.path or "": ast.parse(unit.block.text) for unit in python})

    def chosen(self, mutant: Mutant) -> list[Test]:
        """Return the tests that execute the mutant's lines, or what rests on them where the import executes them."""
        path = mutant.unit.path or ""
        spans: Spans = {path: set(mutant.lines)}
        naming: list[Test] = []
        if not self._is_inside(path, mutant):
            spans, names = self._resting(path, mutant)
            naming = [test for test in self.tests if test.names & names]
            spans = spans or {path: set(mutant.lines)}  # nothing rests on it: it does its work at once
        direct = [test for test in self.tests if _touches(test, spans)]
        starting = [test for test in self.tests if _touches(test, spans, there=True)]
        modules = {test.module for test in starting}
        peers = [test for test in self.tests if test.module in modules]
        groups = [self._sorted(path, group) for group in (naming, direct, starting, peers)]
        order = {test.name: test for test in itertools.chain(*groups)}
        return list(order.values()) or self._sorted(path, list(self.tests))

    def others(self, mutant: Mutant) -> list[Test]:
        """Return the other tests where the import executes the mutant's lines: any of them may rest on these."""
        path = mutant.unit.path or ""
        known = set() if self._is_inside(path, mutant) else {test.name for test in self.chosen(mutant)}
        return self._sorted(path, [test for test in self.tests if known and test.name not in known])

    def _sorted(self, path: str, tests: list[Test]) -> list[Test]:
        return sorted(tests, key=lambda test: (-self.noticed[path, test.name], test.seconds))

    def _is_inside(self, path: str, mutant: Mutant) -> bool:
        first = min(mutant.lines)
        return any(
            node.body[0].lineno <= first <= (node.end_lineno or 0)
            for node in ast.walk(self.trees[path])
            if isinstance(node, FUNCTIONS)
        )

    def _resting(self, path: str, mutant: Mutant) -> tuple[Spans, set[str]]:
        """Return the bodies of the functions that name what the statement binds, or what rests on that in turn.

        The names are those that it binds itself.
        """
        spans: Spans = {}
        top = [node for node in self.trees[path].body if _holds(node, mutant)]
        own = {name for node in top for name in _bound(node)}
        names = set(own)
        for node in top:
            _add_bodies(spans, path, node)
        known: set[str] = set()
        for _ in range(DEPTH):
            new, known = names - known, known | names
            for file, tree in self.trees.items() if new else ():
                for node in tree.body:
                    if not isinstance(node, ast.Import | ast.ImportFrom) and named(node) & new:
                        names |= set(_bound(node))
                        _add_bodies(spans, file, node)
        return spans, own


def _touches(test: Test, spans: Spans, *, there: bool = False) -> bool:
    lines = test.there if there else test.here
    return any(not found.isdisjoint(lines.get(path, ())) for path, found in spans.items())


def _holds(node: ast.stmt, mutant: Mutant) -> bool:
    first: int = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
    return first <= min(mutant.lines) <= (node.end_lineno or node.lineno)


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).partition(".")[0] for alias in names)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case _:
            yield from (found.id for found in ast.walk(node) if isinstance(found, ast.Name) and _is_stored(found))


def _is_stored(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)


def _add_bodies(spans: Spans, path: str, node: ast.stmt) -> None:
    for found in ast.walk(node):
        if isinstance(found, FUNCTIONS):
            spans.setdefault(path, set()).update(range(found.body[0].lineno, (found.end_lineno or 0) + 1))
