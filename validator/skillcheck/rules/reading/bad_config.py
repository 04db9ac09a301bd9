"""Fault -> bad-config."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.rule import Told, rule


@rule("SK011")
def bad_config(fault: Fault) -> Iterator[Told]:
    """The configuration of skillcheck is not understood.

    An option that is passed over would leave something unchecked. What is not understood is therefore an error.
    """
    if fault.kind is FaultKind.BAD_CONFIG:
        yield Told(fault.place, fault.fact, fault.remedy)
