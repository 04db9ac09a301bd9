"""What a runner wrote → which blocks it says fail; against the truth → what it got wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from benchmarks.blocks.corpus import Corpus, Placed

SUMMARY = re.compile(r"(?m)^=* ?((?:\d+ \w+(?:, )?)+) in [\d.]+s")
COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed)")
FAILED = re.compile(r"(?m)^(?:FAILED|ERROR) (?P<item>.+?)(?: - .*)?$")
LINE = re.compile(r"(?P<stem>SKILL|part-\d+)\.md(?:::\[?CodeFence#\d+\]\[line:|::line[ :]|:)(?P<line>\d+)")
TEMPORARY = re.compile(r"doccmd_(?P<stem>SKILL|part_\d+)_md_l(?P<line>\d+)_")
HELD = re.compile(r"(?m)held by (.+)$")
MARKED = re.compile(r"(?m)^# block (\d+)$")


@dataclass(frozen=True, slots=True)
class Told:
    """What a runner says: the numbers of failing blocks, and how many items it says it looked at (None: says nothing).

    `unplaced` counts complaints that name no block; `held` is what its blocks were held by, where it says so.
    """

    failing: frozenset[int]
    looked_at: int | None = None
    unplaced: int = 0
    held: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a runner got right and wrong: failing blocks told and missed, good blocks told as failing."""

    told: int
    missed: int
    false: int

    @property
    def wrong(self) -> int:
        """How many verdicts are wrong."""
        return self.missed + self.false


def score(told: Told, corpus: Corpus) -> Score:
    """Return how `told` compares with the truth."""
    right = told.failing & corpus.failing
    return Score(len(right), len(corpus.failing - right), len(told.failing - right))


def by_items(output: str, corpus: Corpus) -> Told:
    """Read pytest's short summary, where the name of an item holds the line of its block."""
    items = [match["item"] for match in FAILED.finditer(output)]
    found = [_numbered(LINE.search(item), corpus) for item in items]
    return Told(_known(found), _items(output), found.count(None))


def by_files(output: str, corpus: Corpus) -> Told:
    """Read pytest's output where an item is a whole file: the block that ended it was printed, with its number."""
    known = {block.number for block in corpus.blocks}
    printed = frozenset(int(number) for number in MARKED.findall(output)) & known
    return Told(printed, _items(output), max(0, len(FAILED.findall(output)) - len(printed)))


def by_tracebacks(output: str, corpus: Corpus) -> Told:
    """Read tracebacks through temporary files whose names hold the line of their block."""
    return Told(_known(_numbered(match, corpus) for match in TEMPORARY.finditer(output)))


def by_report(output: str, corpus: Corpus) -> Told:
    """Read skillcheck's JSON: each block that did not pass is told."""
    try:
        report = json.loads(output)
        results = report["results"]
    except (ValueError, LookupError, TypeError):
        return Told(frozenset(), 0, 1)
    held = HELD.search("\n".join(report.get("notes", ())))
    bad = [result for result in results if result["outcome"] not in {"passed", "skipped"}]
    found = [_at(corpus.blocks, PurePosixPath(result["path"]).name, result["line"]) for result in bad]
    ran = sum(result["level"] in {"ran", "covered"} for result in results)
    return Told(_known(found), ran + len(bad), found.count(None), held[1] if held else "")


def _items(output: str) -> int | None:
    summaries = SUMMARY.findall(output)
    counts = COUNT.findall(summaries[-1]) if summaries else []
    return sum(int(count) for count, _ in counts) if counts else None


def _numbered(match: re.Match[str] | None, corpus: Corpus) -> int | None:
    if match is None:
        return None
    return _at(corpus.blocks, f"{match['stem'].replace('_', '-')}.md", int(match["line"]))


def _at(blocks: Sequence[Placed], name: str, line: int) -> int | None:
    for block in blocks:
        if PurePosixPath(block.path).name == name and block.first <= line <= block.last:
            return block.number
    return None


def _known(found: Iterable[int | None]) -> frozenset[int]:
    return frozenset(_present(found))


def _present(found: Iterable[int | None]) -> Iterator[int]:
    yield from (number for number in found if number is not None)
