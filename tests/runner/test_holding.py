"""What is expected to hold programs: what was tried under the same circumstances, and under no others."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.disk import Grounds, machine
from skillcheck.runner import Cache, holding
from skillcheck.runner.cache import key_of
from skillcheck.runner.holding import circumstances, expected

Tried = list[str]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Tried:
    """The interpreters that were tried."""
    found: Tried = []

    def held(python: str) -> tuple[str, ...]:
        found.append(python)
        return ("landlock", "seccomp")

    monkeypatch.setattr(holding, "held", held)
    return found


def test_what_was_tried_is_not_tried_again(tmp_path: Path, tried: Tried) -> None:
    cache = Cache(tmp_path)
    assert [expected(sys.executable, cache) for _ in range(3)] == [("landlock", "seccomp")] * 3
    assert tried == [sys.executable]


def changed_file(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "settled").write_text("0", encoding="utf-8")
    monkeypatch.setattr(machine, "SETTLED", (*machine.SETTLED, str(folder / "settled")))


def other_rights(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(machine, "RIGHTS", re.compile("Name:.*"))


def other_namespaces(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(os, "readlink", lambda path: f"{path}:[1]")


def other_kernel(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(os, "uname", lambda: ("Linux", "here", "9.9"))


def other_code(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(holding, "OWN", "0")


def other_interpreter(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(holding, "stamp", lambda _: (1, 2))


def other_version(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "version", "9.9")


@pytest.mark.parametrize(
    "change",
    [changed_file, other_rights, other_namespaces, other_kernel, other_code, other_interpreter, other_version],
)
def test_other_circumstances_are_tried(
    tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch, change: Callable[[pytest.MonkeyPatch, Path], None]
) -> None:
    cache = Cache(tmp_path / "cache")
    expected(sys.executable, cache)
    change(monkeypatch, tmp_path)
    expected(sys.executable, cache)
    assert len(tried) == 2


def test_a_setting_counts_by_what_it_says(tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    changed_file(monkeypatch, tmp_path)
    cache = Cache(tmp_path / "cache")
    for text in ("0", "0", "1", "0"):
        (tmp_path / "settled").write_text(text, encoding="utf-8")
        expected(sys.executable, cache)
    assert len(tried) == 2


@pytest.mark.parametrize("body", [b"", b"[", b"{}", b"[]", b"[1]", b"null"])
def test_what_is_not_whole_is_tried_again(tmp_path: Path, tried: Tried, body: bytes) -> None:
    cache, parts = Cache(tmp_path), circumstances(sys.executable)
    assert parts is not None
    cache.put(key_of(parts), body)
    assert expected(sys.executable, cache) == ("landlock", "seccomp")
    assert len(tried) == 1


def test_where_the_kernel_does_not_tell_it_is_always_tried(
    tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "NAMESPACES", (str(tmp_path / "absent"),))
    assert [expected(sys.executable, Cache(tmp_path)) for _ in range(2)] == [("landlock", "seccomp")] * 2
    assert len(tried) == 2


def test_what_cannot_be_expected_loses_the_answer(
    tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lost in (False, True):
        grounds = Grounds()
        expected(sys.executable, Cache(tmp_path, grounds=grounds))
        assert grounds.lost == lost
        monkeypatch.setattr(machine, "NAMESPACES", (str(tmp_path / "absent"),))
    assert len(tried) == 2
