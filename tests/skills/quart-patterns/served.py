"""The skill's own program, `python -m app`, in a process of its own and with the skill's own configuration file."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
from live import HERE, PROJECT, START_SECONDS, Server, create_tables, environment, free_port

from conftest import ADA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

GRACE = 3
SHORT = {"websocket_ping_interval": 1}  # a stop waits for the next one


def configuration(folder: Path, port: int, name: str = "hypercorn.toml", **lines: str | int) -> Path:
    """Write the skill's file again, with some of its lines replaced."""
    text = (PROJECT / name).read_text()
    for key, value in {"bind": f"127.0.0.1:{port}", "graceful_timeout": GRACE, **SHORT, **lines}.items():
        text, found = re.subn(rf"^{key} = .*$", f"{key} = {json.dumps(value)}", text, flags=re.MULTILINE)
        assert found == 1
    path = folder / f"{port}-{name}"
    path.write_text(text)
    return path


def records(server: Server) -> list[dict[str, Any]]:
    """What the server logged: each line must be a JSON object."""
    return [json.loads(line) for line in server.log.read_text().splitlines()]


@contextlib.contextmanager
def run(folder: Path, config: Path, port: int, **settings: str) -> Iterator[Server]:
    variables = environment(folder, {"QUART_UPLOAD_FOLDER": str(folder / "uploads"), **settings})
    create_tables(variables)
    log = folder / f"served-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, str(HERE / "served_app.py"), str(config)],
            cwd=PROJECT,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(port, process, log)
    try:
        wait_until_it_listens(server)
        yield server
    finally:
        if process.poll() is None:
            try:
                server.stop()
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise


@contextlib.contextmanager
def served(folder: Path, **settings: str) -> Iterator[Server]:
    port = free_port()
    with run(folder, configuration(folder, port), port, **settings) as server:
        yield server


def wait_until_it_listens(server: Server, seconds: float = START_SECONDS) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up and server.process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port)):
            return
        time.sleep(0.05)
    raise AssertionError(server.log.read_text())


async def log_in(client: httpx.AsyncClient, person: dict[str, str] = ADA) -> dict[str, str]:
    (await client.post("/users", json=person)).raise_for_status()
    login = {key: person[key] for key in ("email", "password")}
    token = (await client.post("/auth/login", json=login)).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}"}


async def read_events(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> AsyncIterator[str]:
    """The lines of a stream, until it ends."""
    async with client.stream("GET", path, headers=headers, timeout=30) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            yield line
