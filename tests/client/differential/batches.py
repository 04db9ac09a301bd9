"""Cases that the client can be asked about together -> one bundle, and which of the answers belong to which case.

A call takes the client half a second whatever it is given, and it looks at each file and entry by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from tests.client.differential.case import Case, Kind, case
from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.verdict import Said

SIZE = 100
ENTRY = "entry.json"
PLUGIN = {"name": "batch", "version": "1.0.0", "description": "Parts", "author": {"name": "Ada"}}
OWNER = {"name": "batch", "owner": {"name": "Ada"}, "description": "Plugins"}


def batches(cases: Iterable[Case]) -> Iterator[list[Case]]:
    """Group cases of one kind, at most `SIZE` together."""
    cases = list(cases)
    for kind in Kind:
        alike = [each for each in cases if each.kind is kind]
        size = SIZE if kind.is_shared else 1
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


def together(cases: Sequence[Case]) -> Case:
    """Make one bundle of what `batches` grouped."""
    kind = cases[0].kind
    if not kind.is_shared:
        return cases[0]
    if kind is Kind.PART:
        whole: dict[str, object] = {MANIFEST: PLUGIN}
    else:
        whole = {MARKET: f'{json.dumps(OWNER)[:-1]}, "plugins": [{", ".join(_entries(cases))}]}}'}
    links: dict[str, str] = {}
    for index, each in enumerate(cases):
        whole |= {_moved(kind, index, path): content for path, content in each.files.items() if path != ENTRY}
        links |= {_moved(kind, index, path): target for path, target in each.links.items()}
    return case(kind, whole, links)


def share(kind: Kind, index: int, said: Iterable[Said]) -> list[Said]:
    """Return what was said of one case of a batch."""
    return [each for each in said if not kind.is_shared or _is_of(index, each)]


def _entries(cases: Sequence[Case]) -> Iterator[str]:
    for index, each in enumerate(cases):
        default = json.dumps({"name": f"p{index}", "source": f"./p{index}"}).encode()
        yield each.files.get(ENTRY, default).decode().replace("@", f"p{index}")


def _moved(kind: Kind, index: int, path: str) -> str:
    return path.replace("@", f"s{index}") if kind is Kind.PART else f"p{index}/{path}"


def _is_of(index: int, said: Said) -> bool:
    steps = {step.removesuffix(".md") for step in said.file.split("/")}
    return bool(steps & {f"s{index}", f"p{index}"}) or said.field.split(".")[:2] == ["plugins", f"{index}"]
