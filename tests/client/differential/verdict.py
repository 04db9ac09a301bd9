"""Two verdicts on the same bundle -> where they differ."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

TABS = re.compile("a tab indents this line|found a tab character")  # some of which it takes, as its parser has it
WIDE = "SK004 the file is UTF-"  # in which the client finds nothing to fail on
UNREAD = "values nested deeper"  # of such a field the client tells the type where it has one, and nothing elsewhere
Spot: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, order=True)
class Said:
    """One thing said of a bundle: `level` is error or warning, `field` what of the file it is about.

    It `fails` where the client's validator fails on it, and `refuses` where the client does not load it, as our
    verdicts have it.
    """

    file: str
    level: str
    field: str
    text: str
    fails: bool = dataclasses.field(default=False, compare=False)
    refuses: bool = dataclasses.field(default=False, compare=False)

    @property
    def spot(self) -> Spot:
        """What has to agree; the words need not."""
        return self.file, self.level, self.field


@dataclass(frozen=True)
class Difference:
    """What only one of the two said."""

    theirs: tuple[Said, ...] = ()
    ours: tuple[Said, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.theirs or self.ours)

    @property
    def signature(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
        """What is kept while a bundle is made smaller: levels and fields, whatever the file and the index."""
        return _kinds(self.theirs), _kinds(self.ours)


Exempt: TypeAlias = Callable[[str, Said, Sequence[Said]], bool]


def difference(theirs: Sequence[Said], ours: Sequence[Said], exempt: Exempt) -> Difference:
    """Compare file by file: errors with errors by the field; warnings too, unless both refuse the file.

    A file that is refused is not looked at for warnings by the client. `exempt` says whose word may stand alone.
    """
    alone = Difference(
        tuple(said for said in _without(theirs, ours) if not exempt("client", said, ours)),
        tuple(said for said in _without(ours, theirs) if not exempt("skillcheck", said, theirs)),
    )
    agreed = _refused(theirs) & _refused(_with(ours, theirs))
    refused = agreed | (_refused(theirs) & _refused(alone.ours)) | (_refused(alone.theirs) & _refused(ours))
    return Difference(_heard(alone.theirs, refused), _heard(alone.ours, refused))


def _kinds(said: Iterable[Said]) -> frozenset[tuple[str, str]]:
    return frozenset((each.level, each.field) for each in said)


def _refused(said: Iterable[Said]) -> set[str]:
    return {each.file for each in said if each.level == "error"}


def _heard(said: Iterable[Said], refused: set[str]) -> tuple[Said, ...]:
    return tuple(each for each in said if each.level == "error" or each.file not in refused)


def _with(said: Iterable[Said], others: Iterable[Said]) -> tuple[Said, ...]:
    spots = {other.spot for other in others}
    return tuple(sorted(each for each in said if each.spot in spots))


def _without(said: Iterable[Said], others: Iterable[Said]) -> tuple[Said, ...]:
    spots = {other.spot for other in others}
    return tuple(sorted(each for each in said if each.spot not in spots))


def opposed(theirs: Sequence[Said], ours: Sequence[Said]) -> Difference:
    """Compare whether the client's validator fails with what our verdict says of that."""
    refusing = [said for said in theirs if said.level == "error"]
    wide = {said.file for said in ours if WIDE in said.text}
    failing = [said for said in ours if said.fails and said.file not in wide]
    if any(UNREAD in said.text or TABS.search(said.text) for said in ours):
        return Difference()
    return Difference() if bool(refusing) == bool(failing) else Difference(tuple(refusing), tuple(failing))
