"""What was measured before under the same key → what need not be measured again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from skillcheck.model import Cause, Environment, Program, Unit
from skillcheck.runner.cache import (
    Around,
    Cache,
    Record,
    around,
    recall,
    recall_answer,
    remember,
    remember_answer,
)
from skillcheck.runner.holding import expected
from skillcheck.runner.layout import Key
from skillcheck.runner.sandbox import Limits


@dataclass(frozen=True, slots=True)
class Run:
    """What running one program gave, before it is put beside the others; `owner` is whose line is at fault.

    `printed` is what it printed for each of its expectations, `again` the same of another run, if there was one.
    `excuse` is why a fragment cannot be blamed for its cause, `missing` why nothing here could run it.
    """

    cause: Cause | None = None
    owner: Unit | None = None
    duration: float = 0.0
    output: str = ""
    isolation: tuple[str, ...] = ()
    lines: Mapping[Key, set[int]] = field(default_factory=dict)
    note: str = ""
    printed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    excuse: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """The cache as the programs of one environment see it; without one, nothing is known and nothing is kept."""

    cache: Cache | None = None
    around: Around | None = None

    @classmethod
    def of(cls, cache: Cache | None, environment: Environment, *, network: bool, tool: tuple[str, ...] = ()) -> Memory:
        """Return what is remembered of an environment, and of a `tool` in it; nothing where the network is an input."""
        if cache is None:
            return cls()
        if environment.error or network:
            cache.lose()
            return cls()
        return cls(cache, around(environment, expected(environment.python or sys.executable, cache), tool=tool))

    def run(self, program: Program, limits: Limits, *, alone: bool) -> Run | None:
        """Return what running the program gave, None if that is not known."""
        name = self._name(program, limits, alone=alone)
        known = recall(self.cache, name, program) if self.cache and name else None
        if known is None:
            return None
        lines = {unit: set(seen) for unit, seen in known.lines.items()}
        run = Run(known.cause, known.owner, known.duration, known.output, known.isolation, lines)
        return replace(run, printed=known.printed, again=known.again)

    def keep(self, program: Program, limits: Limits, run: Run, *, alone: bool) -> None:
        """Keep what running the program gave, as far as it will be the same each time."""
        name = self._name(program, limits, alone=alone)
        if self.cache and self.around and name and not run.excuse:
            record = Record(run.cause, run.owner, run.duration, run.output, run.isolation, run.lines)
            record = replace(record, printed=run.printed, again=run.again)
            remember(self.cache, self.around, name, record)
        else:
            self._lose()

    def answer(self, job: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return what the interpreter answered to a probe, None if that is not known."""
        name = self.around.probe_key(job) if self.around else None
        return recall_answer(self.cache, name) if self.cache and name else None

    def keep_answer(self, job: Mapping[str, Any], said: Mapping[str, Any]) -> None:
        """Keep what the interpreter answered to a probe."""
        name = self.around.probe_key(job) if self.around else None
        if self.cache and self.around and name:
            remember_answer(self.cache, self.around, name, said)
        else:
            self._lose()

    def _lose(self) -> None:
        if self.cache:
            self.cache.lose()

    def _name(self, program: Program, limits: Limits, *, alone: bool) -> str | None:
        return self.around.program_key(program, limits, alone=alone) if self.around else None
