"""A script and what reading it told → what it needs that neither it, its project nor its runtime has."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Cause, CauseKind, Program, Unit
from skillcheck.runner.causes import BIND
from skillcheck.runner.layout import place
from skillcheck.runner.memory import Run
from skillcheck.runner.scripts.reading import Reading, Spot
from skillcheck.runner.scripts.runtimes import Runtime

OF_SCRIPTS = frozenset({"require", "module", "exports", "__dirname", "__filename"})
"""What a script of CommonJS has and a module has not."""
SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".json")
SHOW = "show it in a block with its path"
DECLARE = "run it where that is installed, and leave it parsed here"


def lacking(program: Program, reading: Reading, runtime: Runtime) -> Run | None:
    """Return why it is no use to run the program, None where all that it names is there."""
    return next(_lacks(program, reading, runtime), None)


def wanting(unit: Unit, kind: CauseKind, what: str, spot: Spot = (1, 1), *, remedy: str = SHOW) -> Run:
    """Return a run that did not get anywhere for want of something, needed first at that place of the block's text."""
    where = place(unit, unit.block.line + spot[0] - 1, spot[1])
    return Run(Cause(kind, where, f"the block needs {what}", remedy), unit, excuse=f"it needs {what}")


def _lacks(program: Program, reading: Reading, runtime: Runtime) -> Iterator[Run]:
    unit = program.unit
    if reading.elements:
        yield wanting(unit, CauseKind.SYNTAX, "a compiler of JSX", remedy="tag it jsx or tsx")
    if reading.decorators:
        yield wanting(unit, CauseKind.SYNTAX, "a compiler of decorators", remedy=DECLARE)
    if reading.inert:
        yield Run(excuse="it holds nothing that runs")
    if reading.values:
        yield wanting(unit, CauseKind.SYNTAX, "a statement around its values", remedy="show it whole")
    for name, spot in reading.imports.items():
        yield from _module(program, runtime, name, spot)
    scope = runtime.globals if reading.module else runtime.globals | OF_SCRIPTS
    for name, spot in reading.free.items():
        if name not in scope:
            of_scripts = ", which a module does not have" if name in OF_SCRIPTS else ""
            yield wanting(unit, CauseKind.UNBOUND_NAME, f"`{name}`{of_scripts}", spot, remedy=BIND)


def _module(program: Program, runtime: Runtime, name: str, spot: Spot) -> Iterator[Run]:
    if name.startswith("."):
        if not _shown(program, name):
            what = f"`{name}`, which no block shows"
            yield wanting(program.unit, CauseKind.MISSING_MODULE, what, spot)
    elif name.startswith(("http:", "https:")):
        yield wanting(program.unit, CauseKind.NETWORK, f"`{name}` from the network", spot, remedy=DECLARE)
    elif not _brought(runtime, name):
        what = f"the package `{name}`"
        yield wanting(program.unit, CauseKind.MISSING_MODULE, what, spot, remedy=DECLARE)


def _brought(runtime: Runtime, name: str) -> bool:
    """Whether a module is the runtime's own."""
    return not {name, name.removeprefix("node:")}.isdisjoint(runtime.modules)


def _shown(program: Program, name: str) -> bool:
    """Whether the example project has the module at a relative path."""
    base = posixpath.dirname(program.unit.path or "")
    wanted = posixpath.normpath(posixpath.join(base, name))
    stem = posixpath.splitext(wanted)[0]
    ends = ("", *SUFFIXES, *(f"/index{suffix}" for suffix in SUFFIXES))
    candidates = {wanted + end for end in ends} | {stem + suffix for suffix in SUFFIXES}
    return not candidates.isdisjoint({file.path for file in program.files})
