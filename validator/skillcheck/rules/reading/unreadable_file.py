"""Fault -> unreadable-file."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.readers import readers
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK003", clients=ALL)
def unreadable_file(fault: Fault) -> Iterator[Told]:
    """A file cannot be read.

    The clients cannot read it either. Mostly its permissions are wrong, it is no regular file, or a link
    leads out of the folder that is checked: elsewhere nothing is there.
    """
    if fault.kind is FaultKind.UNREADABLE:
        yield Told(fault.place, fault.fact, fault.remedy, clients=readers(fault))
