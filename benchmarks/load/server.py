"""One application of the benchmark → a process that serves it on loopback."""

from __future__ import annotations

import contextlib
import os
import resource
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INSIDE = Path(__file__).with_name("inside")
SECRET = "a secret that is long enough to measure with"  # noqa: S105 - of no use elsewhere
START = 30.0
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Place:
    """Where servers run: the interpreter of the skill's environment, and the folder that holds its project."""

    python: str
    project: Path


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def cpu(self) -> float:
        """CPU seconds that it has spent so far, threads included."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK


@contextlib.contextmanager
def serving(place: Place, which: str, profile: Path | None = None) -> Iterator[Server]:
    """Serve until the block ends."""
    more_files()
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        argv = [place.python, str(INSIDE / "target.py"), which, str(listener.fileno()), str(profile or "")]
        with (place.project / f"{which}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - arguments from here
                argv,
                cwd=place.project,
                env=variables(place),
                pass_fds=[listener.fileno()],
                stdout=log,
                stderr=log,
            )
        try:
            yield _ready(listener.getsockname()[1], process, place.project / f"{which}.log")
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def more_files() -> None:
    """Allow this process and those that it starts as many open files as it may have: a socket is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def variables(place: Place) -> dict[str, str]:
    """Return the environment of a server."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{place.project / 'src'}:{INSIDE}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "QUART_SECRET_KEY": SECRET,
        "QUART_DATABASE_URL": f"sqlite+aiosqlite:///{place.project}/load.db",
    }


def create_tables(place: Place) -> None:
    """Make the database of the skill's application."""
    argv = [place.python, "-m", "quart", "--app", "app:create_app", "create-tables"]
    subprocess.run(argv, cwd=place.project, env=variables(place), check=True, timeout=60)  # noqa: S603 - as above


def _ready(port: int, process: subprocess.Popen[bytes], log: Path) -> Server:
    give_up = time.monotonic() + START
    while time.monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            probe.sendall(b"GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            probe.settimeout(START)
            if probe.recv(9) == b"HTTP/1.1 ":
                return Server(port, process)
        time.sleep(0.05)
    raise RuntimeError(log.read_text(encoding="utf-8"))
