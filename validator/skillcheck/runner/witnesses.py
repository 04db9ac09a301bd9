"""A program that failed → a process that has imported nothing, or no more than the program itself does first."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from skillcheck.model import Program
from skillcheck.runner.hazards import project
from skillcheck.runner.warm import Warm

MOST = 2
"""So many processes are kept that have imported something; each takes the memory of what it has."""


@dataclass(slots=True)
class Witnesses:
    """Warm processes that confirm failures; safe to use from several threads.

    To import a framework takes longer than all else that most programs do. Where several fail that begin with the same
    imports, from the second on they are confirmed by forks of a process that has made these, and no others. What comes
    with Python is left to the programs: it is quickly imported, and hardly two begin with the same of it.
    """

    start: Callable[[Sequence[str]], Warm]
    failed: Counter[tuple[str, ...]] = field(default_factory=Counter)
    made: dict[tuple[str, ...], Warm] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, program: Program) -> Warm:
        """Return the process whose forks are as cold for `program` as a process of its own."""
        begin = tuple(filter(_is_foreign, beginning(program)))
        with self.lock:
            self.failed[begin] += 1
            if begin not in self.made and (self.failed[begin] == 1 or len(self.made) > MOST):
                begin = ()
            if begin not in self.made:
                self.made[begin] = self.start(begin)
            return self.made[begin]


def beginning(program: Program) -> tuple[str, ...]:
    """Return the modules that a program imports before it does anything else, in its order, none of its own project."""
    own, found = set(project(program)), list[str]()
    for segment in program.segments:
        for node in _body(segment.text):
            modules = _imported(node)
            if modules is None or own.intersection(map(_root, modules)):
                return tuple(found)
            found += modules
    return tuple(found)


def _body(text: str) -> Sequence[ast.stmt | None]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [None]


def _imported(node: ast.stmt | None) -> list[str] | None:
    """Return the modules that a statement imports, None where it does something else."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [] if module == "__future__" else [module]
        case ast.Expr(value=ast.Constant()):
            return []
    return None


def _is_foreign(module: str) -> bool:
    return _root(module) not in sys.stdlib_module_names


def _root(module: str) -> str:
    return module.partition(".")[0]
