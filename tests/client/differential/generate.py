"""A number and a seed -> that many different bundles, the same on every machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.client.differential import deep, frontmatters, manifests, markets, named, wide
from tests.client.differential.batches import ENTRY
from tests.client.differential.case import Case, Kind

# what can be asked about together is cheap, the others cost a call each
SHARES = (
    (0.3, frontmatters.parts()),
    (0.06, wide.parts()),
    (0.15, manifests.manifests()),
    (0.15, deep.manifests()),
    (0.11, markets.entries()),
    (0.07, deep.entries()),
    (0.04, wide.entries()),
    (0.03, markets.marketplaces()),
    (0.01, wide.marketplaces()),
    (0.02, manifests.plugins()),
    (0.02, deep.plugins()),
    (0.02, wide.plugins()),
    (0.02, named.plugins()),
)
INSTALLED = (
    (0.4, markets.entries()),
    (0.1, deep.entries()),
    (0.1, wide.entries()),
    (0.1, manifests.manifests()),
    (0.1, deep.manifests()),
    (0.2, named.entries()),
)
LOCAL = b'{"name": "@", "source": "./@"}'


def generated(count: int, number: int) -> Iterator[Case]:
    """Yield bundles of every kind."""
    for share, strategy in SHARES:
        yield from examples(strategy, round(count * share), number)


def installable(count: int, number: int) -> Iterator[Case]:
    """Yield entries whose plugins lie in the marketplace, so that they can be installed without a network."""
    for share, strategy in INSTALLED:
        for each in examples(strategy.filter(_is_local), round(count * share), number):
            yield replace(each, kind=Kind.ENTRY)


def examples(strategy: st.SearchStrategy[Case], count: int, number: int) -> list[Case]:
    """Return `count` different examples of a strategy."""
    found: dict[str, Case] = {}

    @seed(number)
    @settings(
        max_examples=count * 4,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Case) -> None:
        if len(found) < count:
            found.setdefault(str(case), case)

    if count:
        draw()
    return list(found.values())


def _is_local(case: Case) -> bool:
    entry = json.loads(case.files.get(ENTRY, LOCAL))
    return isinstance(entry, dict) and entry.get("source") == "./@" and entry.get("name") == "@"
