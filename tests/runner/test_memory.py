"""What may be remembered of an environment, and what may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.disk import Grounds
from skillcheck.model import Environment
from skillcheck.runner import Cache
from skillcheck.runner.cache import around
from skillcheck.runner.memory import Memory


def test_nothing_is_remembered_of_what_the_network_gave(bare: Environment, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert Memory.of(cache, bare, network=False).cache is cache
    assert Memory.of(cache, bare, network=True) == Memory()


def test_nothing_is_remembered_without_a_cache_or_an_environment(bare: Environment, tmp_path: Path) -> None:
    assert Memory.of(None, bare, network=False) == Memory()
    assert Memory.of(Cache(tmp_path), replace(bare, error="not made"), network=False) == Memory()


def test_what_no_key_holds_loses_the_answer(bare: Environment, tmp_path: Path) -> None:
    for held, lost in ((("namespaces", "landlock"), False), (("seccomp",), True)):
        grounds = Grounds()
        cache = Cache(tmp_path, grounds=grounds)
        said = {"parsed": [], "resolved": [], "status": 0, "isolation": [*held]}
        Memory(cache, around(bare, held)).keep_answer({"kind": "probe"}, said)
        assert grounds.lost == lost
    Memory().keep_answer({"kind": "probe"}, {})


@pytest.mark.parametrize(("network", "error"), [(True, ""), (False, "not made")])
def test_what_the_network_gave_or_nothing_loses_the_answer(
    network: bool,  # noqa: FBT001
    error: str,
    bare: Environment,
    tmp_path: Path,
) -> None:
    grounds = Grounds()
    Memory.of(Cache(tmp_path, grounds=grounds), replace(bare, error=error), network=network)
    assert grounds.lost
