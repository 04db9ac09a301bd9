"""The command: serves a bare Quart and the skill's application in turns, asks both the same, and compares."""

from __future__ import annotations

import asyncio
import json
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.load.crowd import broadcast
from benchmarks.load.requests import Rate, Route, ask, rate
from benchmarks.load.server import Place, Server, create_tables, serving
from benchmarks.load.table import bottlenecks, crowd, rates
from skillcheck.config import find
from skillcheck.load import load
from skillcheck.model import Role
from skillcheck.runner.layout import write_project
from skillcheck.verify.proving import Proving
from skillcheck.verify.settings import Settings

SKILL = Path(__file__).parents[2] / "skills" / "quart-patterns"
PERSON = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada"}
LOGIN = {key: PERSON[key] for key in ("email", "password")}
ROOM = "/ws/rooms/load"
PROFILED = 5
"""A profile hears so many times the messages: joining the room is in it too."""
Work = Callable[[Server, str], object]
REFERENCE = Route("a bare Quart route", "bare", "GET", "/bare")
ROUTES = (
    REFERENCE,
    Route("the same route in the skill's app", "taught", "GET", "/load/bare"),
    Route("a validated body and answer", "taught", "POST", "/load/validated", json.dumps(PERSON)),
    Route("a session: one query on SQLite", "taught", "GET", "/load/session"),
    Route("GET /users: login, query, session", "taught", "GET", "/users?limit=20"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    requests: int
    rounds: int
    clients: int
    messages: int


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--requests", type=click.IntRange(16, 20_000), default=800, show_default=True, help="A round and route.")
@click.option("--rounds", type=click.IntRange(1, 50), default=5, show_default=True, help="How often each is timed.")
@click.option("--clients", type=click.IntRange(1, 5_000), default=1_000, show_default=True, help="Sockets in the room.")
@click.option("--messages", type=click.IntRange(1, 100), default=20, show_default=True, help="Said in the room.")
def main(*, requests: int, rounds: int, clients: int, messages: int) -> None:
    """Measure what the patterns of quart-patterns cost against a bare Quart route; traffic goes to loopback alone."""
    asked = Asked(requests, rounds, clients, messages)
    with prepared() as place:
        click.echo(rates(REFERENCE, *measured(place, asked)))
        with serving(place, "taught") as server:
            heard = broadcast(server, ROOM, token(server), clients, messages)
        click.echo(crowd(heard, clients, messages))
        click.echo(bottlenecks(dict(profiles(place, asked))))


@contextmanager
def prepared() -> Iterator[Place]:
    """Give the skill's project in a folder of its own, with its environment and an empty database."""
    proving = Proving.of(load([str(SKILL)]).skills[0], find(SKILL), Settings())
    files = [unit for unit in proving.units if unit.role is Role.FILE]
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), files)
        place = Place(proving.environment().python, Path(folder))
        create_tables(place)
        yield place


def measured(place: Place, asked: Asked) -> tuple[dict[Route, list[Rate]], int]:
    """Return the rates of each route, taken in turns, and how many requests each rests on."""
    found: dict[Route, list[Rate]] = {route: [] for route in ROUTES}
    with serving(place, "bare") as bare, serving(place, "taught") as taught:
        register(taught)
        servers, known = {"bare": bare, "taught": taught}, token(taught)
        for turn in range(asked.rounds + 1):
            for route in ROUTES:
                one = rate(servers[route.app], replace(route, token=known), asked.requests)
                if turn:  # the first is a warm-up
                    found[route].append(one)
    return found, asked.requests


def register(server: Server) -> None:
    """Make the person whose list is asked for."""
    asyncio.run(ask(server.port, Route("registering", "taught", "POST", "/users", json.dumps(PERSON))))


def token(server: Server) -> str:
    """Log the person in."""
    answer = asyncio.run(ask(server.port, Route("logging in", "taught", "POST", "/auth/login", json.dumps(LOGIN))))
    return str(json.loads(answer)["access_token"])


def profiles(place: Place, asked: Asked) -> Iterator[tuple[str, dict[str, dict[str, int]]]]:
    """Yield where the server's time goes for each route and for the room, each in a server of its own."""
    for route in ROUTES:
        yield route.name, _profiled(place, route.app, _asking(route, asked.requests))
    yield "a room", _profiled(place, "taught", _telling(asked))


def _asking(route: Route, count: int) -> Work:
    return lambda server, known: rate(server, replace(route, token=known), count)


def _telling(asked: Asked) -> Work:
    return lambda server, known: broadcast(server, ROOM, known, asked.clients, PROFILED * asked.messages)


def _profiled(place: Place, which: str, work: Work) -> dict[str, dict[str, int]]:
    path = place.project / "profile.json"
    with serving(place, which, path) as server:
        known = token(server) if which == "taught" else ""
        server.process.send_signal(signal.SIGUSR1)
        work(server, known)
    found: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    main()
