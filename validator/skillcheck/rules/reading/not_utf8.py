"""Fault -> not-utf8."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Fault, FaultKind
from skillcheck.rules.readers import readers
from skillcheck.rules.rule import ALL, Told, rule


@rule("SK004", clients=ALL)
def not_utf8(fault: Fault) -> Iterator[Told]:
    """A file is not UTF-8.

    The clients read Markdown, YAML and JSON as UTF-8 and put replacement characters in place of other bytes.
    Claude then reads a text that nobody wrote.
    """
    if fault.kind is FaultKind.NOT_UTF8:
        yield Told(fault.place, fault.fact, fault.remedy, clients=readers(fault))
