"""What may be remembered of an environment, and what may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from skillcheck.model import Environment
from skillcheck.runner import Cache
from skillcheck.runner.memory import Memory


def test_nothing_is_remembered_of_what_the_network_gave(bare: Environment, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert Memory.of(cache, bare, network=False).cache is cache
    assert Memory.of(cache, bare, network=True) == Memory()


def test_nothing_is_remembered_without_a_cache_or_an_environment(bare: Environment, tmp_path: Path) -> None:
    assert Memory.of(None, bare, network=False) == Memory()
    assert Memory.of(Cache(tmp_path), replace(bare, error="not made"), network=False) == Memory()
