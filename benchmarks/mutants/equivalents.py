"""Mutants that change nothing that is promised: each with its reason in `equivalents/<skill>.toml`, or of a kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.mutants.mutate import Mutant
from benchmarks.mutants.verdict import Fate, Verdict
from skillcheck.runner import is_test

FOLDER = Path(__file__).with_name("equivalents")
WAITING = re.compile(r"\b(sleep|wait_for|timeout)\(")
PATIENCE = "a script or a test that waits for longer shows the same, and a limit that is never reached shows nothing"


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
            reason = self.reasons.get((mutant.unit.snippet, *mutant.change)) or patience(mutant)
            if reason is not None:
                yield Verdict(mutant, Fate.EQUIVALENT, by=reason)


def patience(mutant: Mutant) -> str | None:
    """Return why it is no mistake that a script or a test of the skill waits for longer, None of any other.

    In the application's own files each limit is one that a test has to hold.
    """
    is_shown_alone = mutant.unit.path is None or is_test(mutant.unit.path)
    is_longer = mutant.operator in {"change_number", "drop_limit"} and WAITING.search(mutant.change[0])
    return PATIENCE if is_shown_alone and is_longer else None
