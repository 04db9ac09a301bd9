"""CPU work in processes: its result, its failure, its end."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from app.cpu import MAX_RUNNING, MAX_WAITING, Failed, Processes, current_processes
from app.errors import Busy
from app.primes import count
from hypercorn.config import Config

from conftest import until

if TYPE_CHECKING:
    from quart import Quart

SLEEPER = """
import os, sys, time
open(os.path.join(sys.stdin.read().strip('"'), "pid"), "w").write(str(os.getpid()))
time.sleep(60)
"""


@pytest.fixture
def sleeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return "sleeper"


async def test_a_result_comes_back(app: Quart) -> None:
    async with app.app_context():
        assert await current_processes().run("app.primes", 100, seconds=20) == 25
    assert count(10) == 4


async def test_a_failure_tells_what_it_wrote() -> None:
    with pytest.raises(Failed, match="TypeError"):
        await Processes().run("app.primes", "no number", seconds=20)


async def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()  # noqa: ASYNC240 - a look


async def test_what_takes_too_long_is_killed(sleeper: str, tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await Processes().run(sleeper, str(tmp_path), seconds=2)
    pid = int((tmp_path / "pid").read_text())
    await until(lambda: is_gone(pid), 2)


async def test_what_nobody_waits_for_is_killed(sleeper: str, tmp_path: Path) -> None:
    waiting = asyncio.create_task(Processes().run(sleeper, str(tmp_path), seconds=60))

    async def has_started() -> bool:
        return bool((tmp_path / "pid").exists() and (tmp_path / "pid").read_text())

    await until(has_started)
    waiting.cancel()
    await asyncio.wait([waiting])
    pid = int((tmp_path / "pid").read_text())
    await until(lambda: is_gone(pid), 2)


async def test_the_number_is_bounded(sleeper: str, tmp_path: Path) -> None:
    processes = Processes()
    running = [asyncio.create_task(processes.run(sleeper, str(tmp_path), 60)) for _ in range(MAX_RUNNING + MAX_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await processes.run(sleeper, str(tmp_path), 60)
    for task in running:
        task.cancel()
    await asyncio.wait(running)
    assert await processes.run("app.primes", 10, seconds=20) == 4


def test_a_worker_of_hypercorn_may_have_no_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Config().daemon is True
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # noqa: FBT003 - its value
    with (
        ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool,
        pytest.raises(AssertionError, match="daemonic processes are not allowed to have children"),
    ):
        pool.submit(abs, -1)
