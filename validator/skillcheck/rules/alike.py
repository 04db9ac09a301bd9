"""Descriptions -> those that say nearly the same."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

ALIKE = 0.8
"""Two texts with so many of their words in common are told apart by nobody."""

_WORD = re.compile(r"\w+")
_FEWEST = 4


def pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of the texts that are alike, each with the first that it is like.

    Only texts that share one of their rarest words are compared, which leaves out none that are alike.
    """
    words = [frozenset(word.lower() for word in _WORD.findall(text)) for text in texts]
    known = Counter(word for each in words for word in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(words):
        if len(own) < _FEWEST:
            continue
        rare = sorted(own, key=lambda word: (known[word], word))[: len(own) - math.ceil(ALIKE * len(own)) + 1]
        near = sorted({other for word in rare for other in holders[word]})
        first = next((other for other in near if _likeness(words[other], own) >= ALIKE), None)
        if first is not None:
            yield first, number
        for word in rare:
            holders[word].append(number)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
