from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.model import Level, Outcome, Unit
from skillcheck.runner import Proof
from skillcheck.runner.layout import Key, key, write_project
from skillcheck.runner.reads import is_data, reads, whole

Read = Callable[..., tuple[Unit, ...]]
Proved = Callable[..., Proof]
TOML = '```toml\n# a.toml\nkey = "a"\n```\n\n'
JSON = '<!-- skillcheck: file=b.json -->\n```json\n{"b": 1}\n```\n\n'
CODE = '```python\n# app.py\nvalue = open("a.toml").read()\n```\n'


def watched(folder: Path, units: tuple[Unit, ...], do: Callable[[], object]) -> dict[Key, set[int]]:
    with reads(write_project(folder, units)) as read:
        do()
        return read()


def test_a_file_of_data_is_one_that_nothing_executes(read: Read) -> None:
    shown = "```toml\nx = 1\n```\n"
    assert [is_data(unit) for unit in read(TOML + JSON + CODE + shown)] == [True, True, False, False]


def test_what_is_read_is_told_whole_and_by_whom_is_the_same(read: Read, tmp_path: Path) -> None:
    units = read(TOML + JSON + CODE)
    first, second, _ = units
    toml, json = (set(whole(unit)) for unit in (first, second))
    assert (toml, json) == ({6, 7}, {12})
    assert watched(tmp_path, units, (tmp_path / "a.toml").read_text) == {key(first): toml}
    both = watched(tmp_path, units, lambda: subprocess.check_call(["cat", "a.toml", "b.json", "a.toml"], cwd=tmp_path))  # noqa: S607
    assert both == {key(first): toml, key(second): json}


def test_what_is_only_named_or_replaced_is_not_read(read: Read, tmp_path: Path) -> None:
    def touch() -> None:
        (tmp_path / "a.toml").stat()
        (tmp_path / "b.json").unlink()

    assert watched(tmp_path, read(TOML + JSON), touch) == {}


@pytest.mark.parametrize("missing", [True, False])
def test_where_the_kernel_cannot_tell_nothing_is_told(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, missing: bool
) -> None:
    class Other:
        """A C library of another system."""

    if not missing:
        Other.inotify_init1 = staticmethod(lambda _: -1)  # type: ignore[attr-defined]
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Other())
    assert watched(tmp_path, read(TOML), (tmp_path / "a.toml").read_text) == {}


def test_what_a_program_reads_is_covered(proved: Proved) -> None:
    first, second, third = proved(TOML + JSON + CODE).results
    assert (first.level, first.outcome, first.coverage and first.coverage.percent) == (Level.COVERED, "passed", 100)
    assert (second.level, second.coverage) == (Level.PARSED, None)
    assert third.level is Level.COVERED


def test_a_language_without_a_parser_counts_when_it_is_read(proved: Proved) -> None:
    block = "<!-- skillcheck: file=a.conf -->\n```nginx\nworker_processes 1;\n```\n\n"
    alone, (read, _) = proved(block).results, proved(block + CODE.replace("a.toml", "a.conf")).results
    assert (alone[0].level, alone[0].outcome) == (Level.SHOWN, Outcome.SKIPPED)
    assert (read.level, read.outcome, read.reason) == (Level.COVERED, Outcome.PASSED, "")


def test_what_is_wrong_stays_wrong_when_it_is_read(proved: Proved) -> None:
    broken, _ = proved(TOML.replace('"a"', "") + CODE).results
    assert (broken.level, broken.outcome) == (Level.SHOWN, Outcome.FAILED)


def test_a_level_that_is_asked_for_is_kept(proved: Proved) -> None:
    asked, _ = proved("<!-- skillcheck: level=parsed -->\n" + TOML + CODE).results
    assert asked.level is Level.PARSED
