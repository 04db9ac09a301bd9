"""Marketplaces -> whether they install and load, by the client and by our verdict."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.client.differential import client, ours
from tests.client.differential.batches import together
from tests.client.differential.case import Case
from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.compare import Exemption, exemptions
from tests.client.differential.markets import OUTER
from tests.client.differential.situations.scene import Scene
from tests.client.differential.verdict import Difference, Said

EXEMPTIONS: tuple[Exemption, ...] = exemptions("loading.toml")
MANIFESTS = (MANIFEST, OUTER)
USUAL = b'"name": "forms"'


def compare(cases: Sequence[Case]) -> Iterator[tuple[Case, Difference]]:
    """Install the plugins of each batch from one marketplace and yield those that only one of the two takes."""
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "bundle", Path(folder) / "home"
        home.mkdir()
        together([_apart(index, each) for index, each in enumerate(cases)]).write(root)
        failed, refused = client.load(root, home), _refused(root)
        entries = json.loads((root / MARKET).read_text(encoding="utf-8"))["plugins"]
        for index, (each, entry) in enumerate(zip(cases, entries, strict=True)):
            name = entry.get("name") if isinstance(entry, dict) else None
            found = _difference(failed.get("") or failed.get(f"{name}"), refused.get(index, []), root)
            if found and isinstance(name, str):
                yield each, found


def _apart(index: int, case: Case) -> Case:
    """Return the case with a name of its own in plugin.json: the client tells errors of plugins by that name."""
    named = {path: content.replace(USUAL, b'"name": "p%d"' % index) for path, content in case.files.items()}
    return replace(case, files={**case.files, **{path: named[path] for path in MANIFESTS if path in named}})


def _refused(root: Path) -> dict[int, list[Said]]:
    """Return by entry what we say keeps it, or its plugin, from being loaded."""
    found: dict[int, list[Said]] = {}
    for _, said in ours.judge(root):
        place = re.match(r"plugins\.(\d+)", said.field) or re.match(r"p(\d+)/", said.file)
        if place and said.refuses:
            found.setdefault(int(place[1]), []).append(said)
    return found


def _difference(failure: str | None, refused: Sequence[Said], root: Path) -> Difference:
    """Compare a failure of the client with what we say of it."""
    if failure is None:
        return Difference((), tuple(said for said in refused if not _is_exempt(said, root)))
    return Difference(() if refused else (Said(".", "error", "load", failure),), ())


def _is_exempt(said: Said, root: Path) -> bool:
    return any(each.covers("skillcheck", Scene(root, said, ())) for each in EXEMPTIONS)
