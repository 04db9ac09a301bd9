"""Rates, latencies and profiles → what is printed."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.load.crowd import Heard
from benchmarks.load.requests import Rate, Route

SHOWN = 4


def rates(reference: Route, found: Mapping[Route, Sequence[Rate]], requests: int) -> str:
    """Return a line for each route: medians of requests a second and of the server's CPU, and the share of the bare."""
    rounds = len(found[reference])
    bare = statistics.median(each.second for each in found[reference])
    cheap = statistics.median(each.cpu for each in found[reference])
    lines = [
        f"{requests} requests a round over 16 connections, medians of {rounds} rounds in turns, one Hypercorn worker"
    ]
    lines.append(f"{'route':38} {'a second':>9} {'of bare':>8} {'CPU ms':>8} {'of bare':>8}")
    for route, each in found.items():
        second, cpu = statistics.median(one.second for one in each), statistics.median(one.cpu for one in each)
        lines.append(f"{route.name:38} {second:9.0f} {second / bare:8.2f} {cpu:8.2f} {cpu / cheap:8.2f}")
    return "\n".join([*lines, ""])


def crowd(heard: Heard, clients: int, messages: int) -> str:
    """Return how long a message takes to all."""
    times = f"half have it after {heard.half:.0f} ms, 95 % after {heard.most:.0f} ms, 99 % after {heard.nearly:.0f} ms"
    cost = f"{heard.cpu:.2f} ms of the server's CPU for each client"
    return (
        f"a room of {clients:,}, medians of {messages} messages: {times}, the last after {heard.last:.0f} ms; {cost}\n"
    )


def bottlenecks(found: Mapping[str, Mapping[str, Mapping[str, int]]]) -> str:
    """Return for each profile the packages that take most of the event loop's CPU, and the busiest function."""
    lines = ["where the CPU of the server goes, a sample a millisecond, by the package whose line it is:"]
    for name, profile in found.items():
        whole = max(1, sum(profile["packages"].values()))
        packages = sorted(profile["packages"].items(), key=lambda item: -item[1])[:SHOWN]
        shares = ", ".join(f"{package} {count / whole:.0%}" for package, count in packages)
        function, count = max(profile["functions"].items(), key=lambda item: item[1], default=("none", 0))
        lines.append(f"{name:38} {shares}; most in {function} ({count / whole:.0%})")
    return "\n".join(lines)
