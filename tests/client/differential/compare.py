"""Bundles -> the differences between both verdicts, less what is written down as an exception."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.client.differential import client, ours
from tests.client.differential.batches import batches, share, together
from tests.client.differential.case import Case
from tests.client.differential.situations import SITUATIONS
from tests.client.differential.situations.scene import Scene
from tests.client.differential.verdict import Difference, Said, difference, opposed


@dataclass(frozen=True)
class Exemption:
    """What one of the two may say alone: `text` is searched in what it says, `beside` in what the other does.

    `when` names a function of `situations`, which looks at the bundle.
    """

    reason: str
    source: str
    text: str
    who: str
    beside: str = ""
    file: str = ""
    when: str = ""

    def covers(self, who: str, scene: Scene) -> bool:
        """Whether it is this that was said, the bundle is such, and the other said what it has to stand beside."""
        said = scene.said
        is_there = who == self.who and re.search(self.file, said.file)
        is_said = is_there and re.search(self.text, f"{said.field}: {said.text}")
        is_beside = not self.beside or any(self._is_beside(said, other) for other in scene.others)
        return bool(is_said) and is_beside and (not self.when or SITUATIONS[self.when](scene))

    def _is_beside(self, said: Said, other: Said) -> bool:
        return other.file == said.file and bool(re.search(self.beside, other.text))


def exemptions(name: str) -> tuple[Exemption, ...]:
    """Read a file of them."""
    read = tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return tuple(Exemption(**each) for each in read["exception"])


EXEMPTIONS = exemptions("validating.toml")


def compare(cases: Iterable[Case], home: Path) -> Iterator[tuple[Case, Difference]]:
    """Ask both about each and yield what differs.

    What differs in company is asked alone once more, for the client says less of an entry beside one that it refuses.
    """
    for batch in batches(cases):
        for each in _differing(batch, home):
            for _, found in _differing([each[0]], home) if len(batch) > 1 else [each]:
                yield each[0], found


def _differing(batch: Sequence[Case], home: Path) -> list[tuple[Case, Difference]]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "bundle"
        together(batch).write(root)
        theirs, mine = client.validate(root, home), [said for _, said in ours.judge(root)]
        kind, exempt = batch[0].kind, partial(is_exempt, root)
        shares = [(share(kind, index, theirs), share(kind, index, mine)) for index in range(len(batch))]
        found = [(each, difference(*both, exempt) or opposed(*both)) for each, both in zip(batch, shares, strict=True)]
    return [(each, differing) for each, differing in found if differing]


def is_exempt(root: Path, who: str, said: Said, others: Sequence[Said]) -> bool:
    """Whether `who` may say this alone of the bundle at `root`."""
    scene = Scene(root, said, others)
    return any(exemption.covers(who, scene) for exemption in EXEMPTIONS)
