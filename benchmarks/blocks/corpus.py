"""Number of blocks → a skill's files, and what is true of each block: the same number gives the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.blocks.samples import SHARES, Kind, sample

PER_FILE = 50
REQUIREMENTS = "quart==0.22.0\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands: its number, its kind, its file in the skill, and the lines of both its fences."""

    number: int
    kind: Kind
    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """A generated skill: the text of each of its files, and its blocks in order."""

    name: str
    files: Mapping[str, str]
    blocks: tuple[Placed, ...]

    @property
    def failing(self) -> frozenset[int]:
        """The numbers of the blocks that truly fail."""
        return frozenset(block.number for block in self.blocks if block.kind is Kind.FAILING)

    def write(self, folder: Path) -> Path:
        """Write the skill's files into `folder`, and return it; raise OSError where that cannot be."""
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder


def corpus(size: int) -> Corpus:
    """Return a skill of `size` blocks, `PER_FILE` to a file: SKILL.md, then the references it links."""
    name = f"blocks-{size}"
    kinds = list(mixed(size))
    starts = range(0, size, PER_FILE)
    paths = ["SKILL.md", *(f"references/part-{part:03}.md" for part in range(1, len(starts)))]
    files = {"requirements.txt": REQUIREMENTS}
    blocks: list[Placed] = []
    turns: Counter[Kind] = Counter()
    for path, start in zip(paths, starts, strict=True):
        lines = _head(name, paths) if path == "SKILL.md" else [f"# {path}", ""]
        for number, kind in enumerate(kinds[start : start + PER_FILE], start + 1):
            text = sample(kind, turns[kind], number)
            turns[kind] += 1
            lines += [f"## Step {number}", "", f"Step {number} stands by itself.", ""]
            first = len(lines) + 1
            lines += ["```python", *text.splitlines(), "```", ""]
            blocks.append(Placed(number, kind, path, first, len(lines) - 1))
        files[path] = "\n".join(lines)
    return Corpus(name, files, tuple(blocks))


def mixed(size: int) -> Iterator[Kind]:
    """Yield `size` kinds in their shares, each spread evenly over the whole."""
    given: Counter[Kind] = Counter()
    for position in range(1, size + 1):
        kind = max(SHARES, key=lambda kind: SHARES[kind] * position - given[kind])
        given[kind] += 1
        yield kind


def _head(name: str, paths: list[str]) -> list[str]:
    description = "Shows small steps of Python, asyncio and Quart. Use when the cost of running blocks is measured."
    links = [f"- [{path}]({path})" for path in paths[1:]]
    return ["---", f"name: {name}", f"description: {description}", "---", "", f"# {name}", "", *links, ""]
