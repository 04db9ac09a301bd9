"""What a call measures and uses → whether its answer may be given again, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from skillcheck.disk.states import State, state

Place = tuple[str, tuple[str, ...]]
Told = tuple[str, tuple[str, ...], str]
"""A path, what is beside it, and the digest of their state."""


@dataclass(slots=True)
class Grounds:
    """What an answer rests on that only making it tells; several threads may add to it.

    It is `lost` once something was measured for it that nobody may be told again. `ages` are the seconds since the
    epoch when what it rests on was measured, `places` the states of folders as they were before they were used.
    """

    lost: bool = False
    ages: list[int] = field(default_factory=list)
    places: dict[Place, State] = field(default_factory=dict)

    def lose(self) -> None:
        """Note that the answer rests on more than is kept, or than can be seen."""
        self.lost = True

    def rest_on(self, path: str, *beside: str) -> None:
        """Note that all below `path` is about to be used, and what lies `beside` it; it need not be there."""
        if not self.lost and (path, beside) not in self.places:
            self.places[path, beside] = seen(path, beside)

    def told(self) -> list[Told] | None:
        """Return the places with their digests; None if the answer is lost, or one may have changed meanwhile."""
        if self.lost or not all(_is_steady(known, seen(*place)) for place, known in self.places.items()):
            return None
        return [*self._told()]

    def _told(self) -> Iterator[Told]:
        for (path, beside), known in self.places.items():
            yield path, beside, known.digest


def seen(path: str, beside: Sequence[str]) -> State:
    """Return the state of all below `path`, whatever its name, and of what is `beside` it."""
    return state([path], beside, passed_over=frozenset())


def _is_steady(before: State, now: State) -> bool:
    return before.steady and now.steady and before.digest == now.digest
