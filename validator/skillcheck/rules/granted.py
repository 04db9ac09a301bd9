"""Rules of grants of Bash -> whether one of them matches a command, found without trying each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

_MANY = 300  # patterns that may match a command: more are not tried, and one of them is taken to match


class Granted:
    """What the rules in the parentheses of grants of Bash match; there may be as many as a file holds.

    `is_all` is true where one of them matches whatever it is.
    """

    def __init__(self, rules: Iterable[str | None]) -> None:
        """Take the rules, None for a grant without any."""
        self.is_all = False
        self._alone: set[str] = set()
        self._beginnings: defaultdict[int, set[str]] = defaultdict(set)
        self._patterns: defaultdict[str, list[str]] = defaultdict(list)
        for rule in dict.fromkeys(rules):
            self._add(rule or "")

    def covers(self, part: str) -> bool:
        """Return whether a rule matches a simple command."""
        return self.is_all or part in self._alone or self._is_begun(part) or self._is_matched(part)

    def _add(self, rule: str) -> None:
        self.is_all = self.is_all or not rule.strip("* ")
        beginning = rule[:-2] if rule.endswith((":*", " *")) else ""
        if rule.endswith(":*") or (beginning and "*" not in beginning):
            self._beginnings[len(beginning)].add(beginning)
            return
        self._alone.add(rule.removesuffix(" *"))
        if "*" in rule:
            self._patterns[_first_word(rule)].append(rule)

    def _is_begun(self, part: str) -> bool:
        """Return whether the command is one of the beginnings, or goes on behind one with a space."""
        return any(
            part[length : length + 1] in {"", " "} and part[:length] in known
            for length, known in self._beginnings.items()
        )

    def _is_matched(self, part: str) -> bool:
        words = {"", part.partition(" ")[0]}
        return any(_is_one_of(self._patterns[word], part) for word in words if word in self._patterns)


def _first_word(rule: str) -> str:
    """Return the word that whatever the rule matches begins with, empty where `*` leaves it open."""
    word = rule.partition(" ")[0]
    return "" if "*" in word else word


def _is_one_of(rules: Collection[str], part: str) -> bool:
    return len(rules) > _MANY or any(_is_match(rule.split("*"), part) for rule in rules)


def _is_match(pieces: list[str], part: str) -> bool:
    """Return whether the pieces stand in the command one behind the other, the first and the last at its ends.

    Each is taken where it stands first, which leaves the most for the others; a regular expression would try them all.
    """
    first, *between, last = pieces
    at, end = len(first), len(part) - len(last)
    if not (part.startswith(first) and part.endswith(last)):
        return False
    for piece in between:
        found = part.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return at <= end
