"""Mutants that change nothing that is promised, each with its reason in `equivalents/<skill>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutants.mutate import Mutant
from benchmarks.mutants.verdict import Fate, Verdict

FOLDER = Path(__file__).with_name("equivalents")


@dataclass(frozen=True, slots=True)
class Equivalents:
    """What is known, keyed by content: the snippet, the changed lines as they were, and as they are."""

    reasons: dict[tuple[str, str, str], str]

    @classmethod
    def of(cls, skill: str) -> Equivalents:
        """Read what is known of a skill's mutants."""
        path = FOLDER / f"{skill}.toml"
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"] if path.is_file() else []
        return cls({(entry["block"], entry["before"], entry["after"]): entry["reason"] for entry in entries})

    def among(self, mutants: Sequence[Mutant]) -> Iterator[Verdict]:
        """Yield a verdict for each mutant that is known to be equivalent."""
        for mutant in mutants:
            reason = self.reasons.get((mutant.unit.snippet, *mutant.change))
            if reason is not None:
                yield Verdict(mutant, Fate.EQUIVALENT, by=reason)
