"""Marketplaces -> whether they install and load, by the client and by what the rules say of them."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.client.differential import client, ours
from tests.client.differential.batches import together
from tests.client.differential.case import Case
from tests.client.differential.client import MARKET
from tests.client.differential.compare import Exemption, exemptions
from tests.client.differential.situations.scene import Scene
from tests.client.differential.verdict import Difference, Said

EXEMPTIONS: tuple[Exemption, ...] = exemptions("loading.toml")
REMOTE = "source"


def compare(cases: Sequence[Case]) -> Iterator[tuple[Case, Difference]]:
    """Install the plugins of each batch from one marketplace and yield those that only one of the two takes."""
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder) / "bundle", Path(folder) / "home"
        home.mkdir()
        together(cases).write(root)
        failed, errors = client.load(root, home), _errors(root)
        entries = json.loads((root / MARKET).read_text(encoding="utf-8"))["plugins"]
        for index, (each, entry) in enumerate(zip(cases, entries, strict=True)):
            name = entry.get("name") if isinstance(entry, dict) else None
            found = _difference(failed.get("") or failed.get(f"{name}"), errors.get(index, []), root)
            if found and isinstance(name, str):
                yield each, found


def _errors(root: Path) -> dict[int, list[Said]]:
    """Return by entry the errors that speak of it or of its plugin."""
    found: dict[int, list[Said]] = {}
    for _, said in ours.judge(root):
        place = re.match(r"plugins\.(\d+)", said.field) or re.match(r"p(\d+)/", said.file)
        if place and said.level == "error":
            found.setdefault(int(place[1]), []).append(said)
    return found


def _difference(failure: str | None, errors: Sequence[Said], root: Path) -> Difference:
    """Compare a failure with any error; what loads, with those errors that keep a plugin from loading."""
    if failure is None:
        return Difference((), tuple(said for said in errors if not _is_exempt(said, root)))
    return Difference(() if errors else (Said(".", "error", "load", failure),), ())


def _is_exempt(said: Said, root: Path) -> bool:
    return any(each.covers("skillcheck", Scene(root, said, ())) for each in EXEMPTIONS)
