"""Requirements that cannot all be installed → those that can, and why each other one cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from packaging.requirements import Requirement as Parsed

from skillcheck.environments.behind import is_unbuilt
from skillcheck.environments.installer import UvError
from skillcheck.model import Refusal, Requirement

Try = Callable[[Sequence[Requirement]], object]


def parted(requirements: Sequence[Requirement], attempt: Try) -> tuple[tuple[Requirement, ...], tuple[Refusal, ...]]:
    """Return the requirements that go together, the earlier ones first, and the others with what was said of them.

    `attempt` raises UvError for requirements that cannot be installed together.
    """
    kept: list[Requirement] = []
    refused: list[Refusal] = []
    pending = [[*requirements]]
    while pending:
        some = pending.pop()
        try:
            attempt([*kept, *some])
        except UvError as failure:
            if len(some) == 1:
                said = " ".join(str(failure).split())
                refused.append(Refusal(some[0], said, unbuilt=is_unbuilt(said)))
            else:
                middle = len(some) // 2
                pending += [some[middle:], some[:middle]]
        else:
            kept += some
    return tuple(kept), tuple(refused)


def plainer(refused: Sequence[Refusal]) -> list[Requirement]:
    """Return what was refused without its extras, of which there are some: what these need may be all that is wrong."""
    return [_plain(refusal.requirement) for refusal in refused if Parsed(refusal.requirement.text).extras]


def _plain(requirement: Requirement) -> Requirement:
    parsed = Parsed(requirement.text)
    parsed.extras = set()
    return replace(requirement, text=str(parsed))
