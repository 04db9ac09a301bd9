"""A real hypercorn in a process of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from app.models import Base
from sqlalchemy import create_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(os.environ["SKILLCHECK_PROJECT"])
HERE = Path(__file__).parent
SECRET = "a secret that is long enough for a live server"  # noqa: S105 - of no use elsewhere
ORIGIN = "https://app.example"
START_SECONDS = 20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sockets(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=10)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


def environment(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), str(HERE)]),
        "QUART_SECRET_KEY": SECRET,
        "QUART_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/live.db",
        "QUART_ALLOWED_ORIGINS": f'["{ORIGIN}"]',
        **settings,
    }


def create_tables(variables: dict[str, str]) -> None:
    """Make them from here: starting the app's own command takes a second, and has tests of its own."""
    engine = create_engine(variables["QUART_DATABASE_URL"].replace("+aiosqlite", ""))
    Base.metadata.create_all(engine)
    engine.dispose()


@contextlib.contextmanager
def serve(
    folder: Path,
    target: str = "live_app:app",
    ping_seconds: int = 1,
    send_buffer: int | None = None,
    access_log: str = "",
    **settings: str,
) -> Iterator[Server]:
    """Run the target until the block ends; its log must hold no traceback."""
    variables = environment(folder, settings)
    create_tables(variables)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    if send_buffer:  # what is accepted inherits it: the kernel then keeps little for who does not read
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
    port = listener.getsockname()[1]
    log = folder / f"hypercorn-{port}.log"
    command = [sys.executable, "-m", "hypercorn", "--config", "hypercorn.toml"]
    command += ["--workers", "0", "--websocket-ping-interval", str(ping_seconds)]
    command += ["--access-logfile", "-", "--access-logformat", access_log] if access_log else []
    command += ["--bind", f"fd://{listener.fileno()}", target]
    with listener, log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command,
            cwd=PROJECT,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=[listener.fileno()],
        )
    server = Server(port, process, log)
    try:
        wait_until_it_answers(server)
        yield server
    finally:
        if process.poll() is None:
            try:
                server.stop()
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
    text = log.read_text()
    assert "Traceback" not in text, text


def wait_until_it_answers(server: Server) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{server.url}/livez")
            return
        time.sleep(0.05)
    raise AssertionError(server.log.read_text())
