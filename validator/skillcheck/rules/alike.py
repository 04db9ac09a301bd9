"""Descriptions -> those that say nearly the same."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise

from skillcheck.model.lean import dataclass

ALIKE = 0.8
"""Two texts with so many of their words in common are told apart by nobody."""

_WORD = re.compile(r"[^\W_]+")
_FEWEST = 4
_LONGEST = 100  # letters of a name, of which 64 are allowed


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a description; `own` are those of them that its skill's name holds too, however it joins them."""

    words: frozenset[str]
    own: frozenset[str]

    @classmethod
    def of(cls, name: str, description: str) -> Text:
        """Split a description, and its skill's name, into words."""
        words, parts = _words(description), _words(name[:_LONGEST])
        runs = {"".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)}
        joined = (pair for pair in pairwise(words) if "".join(pair) in runs)
        return cls(frozenset(words), frozenset(runs.intersection(words).union(*joined)))

    def is_like(self, other: Text) -> bool:
        """Return whether so many of the words are the same in both, and none of them tells the two apart.

        Two that were written by one pattern are told apart by what they are about: a subject that one skill is called
        after, and of which the other says nothing.
        """
        is_told_apart = not (self.own <= other.words and other.own <= self.words)
        return not is_told_apart and len(self.words & other.words) >= ALIKE * len(self.words | other.words)


def pairs(named: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the descriptions that are alike, of (name, description), each with the first it is like."""
    texts = [Text.of(name, description) for name, description in named]
    seen = _Seen(Counter(word for each in texts for word in each.words))
    for number, text in enumerate(texts):
        if len(text.words) < _FEWEST:
            continue
        rarest = seen.rarest(text)
        first = next((other for other in sorted(seen.near(text, rarest)) if texts[other].is_like(text)), None)
        if first is not None:
            yield first, number
        seen.add(number, text, rarest)


@dataclass(slots=True)
class _Seen:
    """The numbers of texts by what another one has to share with them to be like them, which leaves out none that is.

    Of two that are alike each has one of the other's rarest words; and as nothing tells them apart, each has all of the
    other's own words.
    """

    known: Counter[str]
    rare: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    words: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def near(self, text: Text, rarest: Sequence[str]) -> set[int]:
        rare = [self.rare[word] for word in rarest]
        subject = min(sorted(text.own), key=self.known.__getitem__, default=None)
        if subject is None:
            return set().union(*rare)
        return {number for number in self.words[subject] if any(number in numbers for numbers in rare)}

    def add(self, number: int, text: Text, rarest: Sequence[str]) -> None:
        for word in rarest:
            self.rare[word].add(number)
        for word in text.words:
            self.words[word].add(number)

    def rarest(self, text: Text) -> list[str]:
        count = len(text.words) - math.ceil(ALIKE * len(text.words)) + 1
        return sorted(sorted(text.words), key=self.known.__getitem__)[:count]  # of those as rare the first


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
