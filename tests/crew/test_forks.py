from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.crew import begun, forks, hands, spread

HERE = os.getpid()


def square(number: int) -> int:
    return number * number


def by_whom(_: object) -> int:
    return os.getpid()


def test_without_safe_forks_one_process_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hands() == len(os.sched_getaffinity(0))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert hands() == 1


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(), max_size=30), st.integers(1, 4))
def test_results_come_in_the_order_of_the_jobs(jobs: list[int], hands: int) -> None:
    assert list(spread(jobs, square, hands)) == [square(job) for job in jobs]


def test_many_jobs_do_not_fill_the_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "MOST_TOKENS", 7)
    assert list(spread(range(100), square, 3)) == [square(job) for job in range(100)]


def test_a_second_process_takes_jobs_too(tmp_path: Path) -> None:
    def waiting(name: str) -> int:
        (tmp_path / name).touch()
        while len(list(tmp_path.iterdir())) < 2:  # until another process has the other job
            pass
        return os.getpid()

    first, second = spread(["a", "b"], waiting, 2)
    assert HERE in {first, second}
    assert first != second


@pytest.mark.parametrize("hands", [0, 1])
def test_one_pair_of_hands_is_this_process(hands: int) -> None:
    assert set(spread("abc", by_whom, hands)) == {HERE}


def test_a_thread_keeps_all_in_this_process() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    found = set(spread("abcdef", by_whom, 4))
    done.set()
    thread.join()
    assert found == {HERE}


def refused(*_: object) -> NoReturn:
    raise PermissionError


@pytest.mark.parametrize("name", ["os.fork", "os.pipe", "os.memfd_create"])
def test_where_no_process_can_be_started_this_one_does_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"skillcheck.crew.forks.{name}", refused)
    assert set(spread("abc", by_whom, 2)) == {HERE}


def test_what_a_process_leaves_undone_is_done_here() -> None:
    def work(job: int) -> int:
        if os.getpid() != HERE:
            os._exit(3)
        return job

    assert list(spread(range(20), work, 3)) == list(range(20))


def test_what_cannot_be_handed_over_is_done_here() -> None:
    def work(job: int) -> Callable[[], int]:
        return lambda: job

    assert [found() for found in spread(range(20), work, 2)] == list(range(20))


@dataclass(frozen=True, slots=True)
class Plain:
    number: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class One:
    number: int


@dataclass(slots=True)
class Named:
    number: int
    _: KW_ONLY
    other: int = 0


@dataclass(slots=True)
class Counted:
    number: int
    twice: int = field(init=False, default=0)


@dataclass(slots=True)
class Doubled:
    """Made again by a call of its class, it would be doubled again."""

    number: int
    other: int = 0

    def __post_init__(self) -> None:
        self.number *= 2


def of_each_kind(number: int) -> list[object]:
    counted = Counted(number)
    counted.twice = 2 * number
    return [Plain(number, ("a",)), One(number), Named(number, other=3), counted, Doubled(number), Path("a"), int]


def test_dataclasses_of_every_kind_are_handed_over_as_they_are() -> None:
    def by_another(number: int) -> tuple[int, list[object]]:
        return os.getpid(), of_each_kind(number)

    jobs = range(20)
    with begun(jobs, by_another, 2) as results:
        time.sleep(0.2)  # so that the other process does most
        done = list(results())
    assert {pid for pid, _ in done} - {HERE}
    assert [made for _, made in done] == [of_each_kind(number) for number in jobs]


def test_what_goes_wrong_is_raised_and_no_process_is_left() -> None:
    def work(job: int) -> int:
        while os.getpid() != HERE:  # it would go on for ever
            time.sleep(1)
        raise LookupError(job)

    with pytest.raises(LookupError):
        list(spread(range(20), work, 3))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


class EndedError(BaseException):
    pass


def ended(status: int) -> NoReturn:
    raise EndedError(status)


@pytest.mark.parametrize("work", [square, of_each_kind, refused])
def test_the_other_process_ends_with_its_work(work: Callable[[int], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillcheck.crew.forks.os.fork", lambda: 0)
    monkeypatch.setattr("skillcheck.crew.forks.os._exit", ended)
    with pytest.raises(EndedError, match="0"):
        list(spread(range(4), work, 2))


def test_others_begin_while_this_process_does_something_else(tmp_path: Path) -> None:
    def touch(name: str) -> int:
        (tmp_path / name).touch()
        return os.getpid()

    with begun("abc", touch, 2) as results:
        while len(list(tmp_path.iterdir())) < 3:  # until another process has done all
            pass
        assert HERE not in set(results())


def test_a_mistake_made_meanwhile_is_raised() -> None:
    with pytest.raises(PermissionError), begun("abc", by_whom, 2):
        refused()
