"""Bundles -> the differences between both verdicts, less what is written down as an exception."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.client.differential import client, ours
from tests.client.differential.batches import batches, share, together
from tests.client.differential.case import Case
from tests.client.differential.verdict import Difference, Said, difference


@dataclass(frozen=True)
class Exemption:
    """What one of the two may say alone: `text` is searched in what it says, `beside` in what the other does."""

    reason: str
    source: str
    text: str
    who: str
    beside: str = ""
    file: str = ""

    def covers(self, who: str, said: Said, others: Sequence[Said]) -> bool:
        """Whether it is this that was said, and the other said what it has to stand beside."""
        is_there = who == self.who and re.search(self.file, said.file)
        found = is_there and re.search(self.text, f"{said.field}: {said.text}")
        return bool(found) and (not self.beside or any(self._is_beside(said, other) for other in others))

    def _is_beside(self, said: Said, other: Said) -> bool:
        return other.file == said.file and bool(re.search(self.beside, other.text))


def exemptions(name: str) -> tuple[Exemption, ...]:
    """Read a file of them."""
    read = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return tuple(Exemption(**each) for each in read["exception"])


EXEMPTIONS = exemptions("validating.toml")


def compare(cases: Iterable[Case], home: Path) -> Iterator[tuple[Case, Difference]]:
    """Ask both about each and yield what differs."""
    for batch in batches(cases):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "bundle"
            together(batch).write(root)
            theirs, mine = client.validate(root, home), [said for _, said in ours.judge(root)]
        kind = batch[0].kind
        for index, each in enumerate(batch):
            found = difference(share(kind, index, theirs), share(kind, index, mine), exempt)
            if found:
                yield each, found


def exempt(who: str, said: Said, others: Sequence[Said]) -> bool:
    """Whether `who` may say this alone."""
    return any(exemption.covers(who, said, others) for exemption in EXEMPTIONS)
