"""A bundle that is judged differently -> a smaller one that is judged differently in the same way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from tests.client.differential.case import Case
from tests.client.differential.compare import compare
from tests.client.differential.verdict import Difference

T = TypeVar("T")

ROUNDS = 30
CALLS = 40  # of a kind that the client is asked about one at a time


def shrunk(case: Case, difference: Difference, home: Path) -> Case:
    """Leave out files, links, lines and values, one at a time, as long as the difference stays."""
    left = CALLS
    for _ in range(ROUNDS):
        smaller = [each for each in _smaller(case) if len(str(each)) < len(str(case))]
        left -= 0 if case.kind.is_shared else len(smaller)
        if left < 0:
            break
        kept = [each for each, found in compare(smaller, home) if found.signature == difference.signature]
        if not kept:
            break
        case = min(kept, key=lambda each: len(str(each)))
    return case


def _smaller(case: Case) -> Iterator[Case]:
    for path in case.links:
        yield Case(case.kind, case.files, _without(case.links, path), case.name)
    for path, content in case.files.items():
        yield Case(case.kind, _without(case.files, path), case.links, case.name)
        for less in _less(content):
            yield Case(case.kind, {**case.files, path: less}, case.links, case.name)


def _without(mapping: Mapping[str, T], key: str) -> dict[str, T]:
    return {other: value for other, value in mapping.items() if other != key}


def _less(content: bytes) -> Iterator[bytes]:
    try:
        value = json.loads(content)
    except ValueError:
        lines = content.split(b"\n")
        yield from (b"\n".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines)))
        return
    if isinstance(value, dict):
        for key in value:
            yield json.dumps(_without(value, key), indent=1).encode()
