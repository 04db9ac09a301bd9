"""A folder from which only whole, own and fresh results come back."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillcheck.disk import Cache, Grounds
from skillcheck.disk.store import OLDEST

NAME = hashlib.sha256(b"a result").hexdigest()
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def entry_path(cache: Cache, name: str = NAME) -> Path:
    return cache.folder / name[:2] / name


def instead(deed: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        deed(path)

    return change


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_what_was_put_comes_back(cache: Cache) -> None:
    assert cache.get(NAME) is None
    cache.put(NAME, b"one\ntwo")
    assert cache.get(NAME) == b"one\ntwo"
    assert entry_path(cache).stat().st_mode & 0o777 == 0o600
    cache.put(NAME, b"")
    assert cache.get(NAME) == b""


def test_the_grounds_of_an_answer_are_told_what_is_given(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    grounds, now = Grounds(), int(time.time())
    noting = replace(cache, grounds=grounds)
    assert noting.get(NAME) is None
    noting.put(NAME, b"mine")
    assert grounds == Grounds()
    monkeypatch.setattr(time, "time", lambda: now + 60)
    noting.get(NAME)
    (made,) = grounds.ages
    assert now <= made < now + 60


def test_the_grounds_of_an_answer_are_told_what_is_not_kept(cache: Cache) -> None:
    large, unwritable = Grounds(), Grounds()
    replace(cache, grounds=large).put(NAME, b"x" * cache.share)
    assert large.lost
    cache.folder.write_text("in the way", encoding="utf-8")
    replace(cache, grounds=unwritable).put(NAME, b"mine")
    assert unwritable.lost


def test_a_result_does_not_serve_another_key(cache: Cache) -> None:
    cache.put(NAME, b"mine")
    other = NAME[:2] + NAME[2:][::-1]
    entry_path(cache).rename(entry_path(cache, other))
    assert cache.get(other) is None


@FEW
@given(data=st.data(), body=st.binary(max_size=40))
def test_a_flipped_bit_is_a_miss_and_is_removed(cache: Cache, data: st.DataObject, body: bytes) -> None:
    cache.put(NAME, body)
    path = entry_path(cache)
    entry = bytearray(path.read_bytes())
    entry[data.draw(st.integers(0, len(entry) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(entry)
    assert cache.get(NAME) is None
    assert not path.exists()


@FEW
@given(data=st.data())
def test_a_torn_or_foreign_entry_is_a_miss(cache: Cache, data: st.DataObject) -> None:
    cache.put(NAME, b"a result")
    whole = entry_path(cache).read_bytes()
    torn = st.integers(0, len(whole) - 1).map(lambda end: whole[:end])
    entry = data.draw(torn | st.binary(max_size=90) | st.just(whole + b"\0") | st.just(b"a b " + b"9" * 4000))
    entry_path(cache).write_bytes(entry)
    assert cache.get(NAME) is None


@pytest.mark.parametrize(("later", "kept"), [(OLDEST - 5, True), (OLDEST + 5, False), (-5, False)])
def test_a_result_ages(cache: Cache, monkeypatch: pytest.MonkeyPatch, later: int, kept: bool) -> None:  # noqa: FBT001
    now = time.time()
    cache.put(NAME, b"a result")
    monkeypatch.setattr(time, "time", lambda: now + later)
    assert (cache.get(NAME) == b"a result") is kept


def linked(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to(path.with_name("moved"))


IN_THE_WAY: Mapping[str, Callable[[Path], object]] = {
    "a link to the result": linked,
    "a folder": instead(Path.mkdir),
    "a pipe": instead(os.mkfifo),
    "a linked bucket": lambda path: linked(path.parent),
    "a file for a bucket": lambda path: instead(Path.touch)(path.parent),
    "a file for the cache": lambda path: instead(Path.touch)(path.parents[1]),
    "too large": lambda path: path.write_bytes(bytes(MAXIMUM + 1)),
}
MAXIMUM = 2000


@pytest.mark.parametrize("change", IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_lies_in_the_way_is_a_miss(cache: Cache, change: Callable[[Path], object]) -> None:
    cache = replace(cache, limit=MAXIMUM * 256)
    cache.put(NAME, b"a result")
    change(entry_path(cache))
    assert cache.get(NAME) is None
    cache.put(NAME, b"another")
    assert cache.get(NAME) in {None, b"another"}
    assert cache.info().entries == int(cache.get(NAME) is not None)
    assert cache.clear() in {0, 1}
    assert not [path for path in cache.folder.parent.rglob(".*") if path.is_file()]


def test_nothing_is_written_through_a_link(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    cache.folder.mkdir()
    (cache.folder / NAME[:2]).symlink_to(tmp_path / "foreign")
    cache.put(NAME, b"a result")
    assert not list((tmp_path / "foreign").iterdir())
    (tmp_path / "foreign" / NAME).touch()
    assert cache.clear() == 0
    assert (tmp_path / "foreign" / NAME).exists()


def test_another_users_entry_is_a_miss(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(NAME, b"a result")
    monkeypatch.setattr("skillcheck.disk.store.os.geteuid", lambda: os.getuid() + 1)
    assert cache.get(NAME) is None


def test_a_cache_that_cannot_be_written_is_read(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(NAME, b"a result")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "read-only")

    for deed in ("utime", "rename", "unlink"):
        monkeypatch.setattr(f"skillcheck.disk.store.os.{deed}", refuse)
    cache.put(NAME, b"another")
    assert cache.get(NAME) == b"a result"
    assert cache.clear() == 0


def names(count: int, prefix: str = "") -> list[str]:
    found = (hashlib.sha256(str(number).encode()).hexdigest() for number in itertools.count())
    return [prefix + name[len(prefix) :] for name in itertools.islice(found, count)]


def test_it_never_grows_beyond_its_limit(cache: Cache) -> None:
    cache = replace(cache, limit=256 * 600)
    for name in names(1500):
        cache.put(name, bytes(100))
        assert cache.get(name) == bytes(100)
    assert 0 < cache.info().bytes <= cache.limit
    cache.put(NAME, bytes(600))
    assert cache.get(NAME) is None


def test_what_was_used_last_stays(cache: Cache) -> None:
    cache = replace(cache, limit=256 * 600)
    kept, *others = names(5, prefix="ab")
    cache.put(kept, bytes(100))
    for age, name in enumerate(others[:2]):
        cache.put(name, bytes(100))
        os.utime(entry_path(cache, name), ns=(10**18 + age, 10**18 + age))
    os.utime(entry_path(cache, kept), ns=(10**17, 10**17))
    assert cache.get(kept)
    for name in others[2:]:
        cache.put(name, bytes(100))
    assert [cache.get(name) is None for name in others] == [True, True, False, False]
    assert cache.get(kept)


def test_halves_of_killed_writers_are_removed_in_time(cache: Cache) -> None:
    cache.put(NAME, b"a result")
    folder = cache.folder / NAME[:2]
    old, new = folder / f".{NAME}.old", folder / f".{NAME}.new"
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    cache.put(NAME, b"again")
    assert sorted(path.name for path in folder.iterdir()) == [new.name, NAME]
    assert cache.info().entries == 1


def test_clearing_removes_results_and_nothing_else(cache: Cache) -> None:
    for name in names(10):
        cache.put(name, b"a result")
    (cache.folder / names(1)[0][:2] / "mine.txt").touch()
    assert cache.info().entries == 10
    assert cache.info().folder == cache.folder
    assert cache.clear() == 10
    assert [path.name for path in cache.folder.rglob("*") if path.is_file()] == ["mine.txt"]
    assert cache.info().entries == 0
    assert cache.info().bytes == 0


WRITER = """\
import hashlib, itertools, sys
from pathlib import Path
from skillcheck.disk import Cache, Grounds
cache = Cache(Path(sys.argv[1]), 256 * 40000)
for turn in itertools.count():
    for number in range(8):
        name = hashlib.sha256(str(number).encode()).hexdigest()
        cache.put(name, name.encode() * (1 + (turn * 37 + int(sys.argv[2])) % 500))
        found = cache.get(name)
        if found is not None and found != name.encode() * (len(found) // 64):
            sys.exit(3)
    if turn == 0:
        print("begun", flush=True)
    if turn == 60 and sys.argv[3] == "end":
        break
"""


def writer(cache: Cache, number: int, how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(cache.folder), str(number), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own


def test_writers_at_the_same_time_never_give_a_torn_result(cache: Cache) -> None:
    started = [writer(cache, number, "end") for number in range(3)]
    for process in started:
        with process:
            process.communicate(timeout=60)
        assert process.returncode == 0
    assert cache.info().entries == 8


def test_a_killed_writer_leaves_a_cache_that_is_right(cache: Cache) -> None:
    for number in range(3):
        with writer(cache, number, "never") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.01 * number)
            process.send_signal(signal.SIGKILL)
    cache = replace(cache, limit=256 * 40000)
    for name in names(8):
        found = cache.get(name)
        assert found is not None
        assert found == name.encode() * (len(found) // 64)
        cache.put(name, b"next")
        assert cache.get(name) == b"next"
