"""A configuration → the same, of which nothing leads out of its project and names no program to start."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import chain, count
from os.path import relpath
from pathlib import Path
from typing import Any

from skillcheck.config.keys import Keys
from skillcheck.config.settings import Config
from skillcheck.disk import bounds, is_within
from skillcheck.model import Fault, FaultKind, Place

PLACES = ("snippets", "tests", "dist", "baseline")
DEFAULTS = {field.name: str(field.default) for field in fields(Config) if field.name in PLACES}
VERSION = re.compile(  # with a digit, or the name of an implementation: uv starts a file that is called otherwise
    r"cpython|pypy|graalpy|(?:cpython|pypy|graalpy|python|cp|pp)?@?[<>=!~ ]*\d[\d.,<>=!~* ]*(?:(?:a|b|rc)\d+)?t?"
)


def bounded(config: Config, keys: Keys | None = None) -> Config:
    """Return the configuration without what a stranger's could do harm with, which is told in its faults.

    A bundle may bring one of its own: what it names is written, executed, or given to tests to read.
    """
    instead: dict[str, Any] = dict(_instead(config))
    faults = [_leads_out(config, name, value, keys) for name, value in instead.items()]
    if config.python is not None and not VERSION.fullmatch(config.python):
        instead["python"] = None
        fact = f"`python` is `{config.python}`, which is no version"
        faults.append(_fault(config, "python", fact, "write one, such as `3.12`, or give the path with --python", keys))
    return replace(config, **instead, faults=(*config.faults, *faults)) if instead else config


def astray(folder: Path, config: Config) -> tuple[Fault, ...]:
    """Return what there is to tell of a folder of a skill's in the project, if a link there leads out of it."""
    if _stays(config.root, str(folder), bounds(config.root)):
        return ()
    fact = "a link leads out of the project, so that nothing here is read or written"
    return (Fault(FaultKind.BAD_CONFIG, Place(relpath(folder)), fact, "put a folder in its place"),)


def _instead(config: Config) -> Iterator[tuple[str, str]]:
    """Yield the settings that lead out of the project, each with a value that does not."""
    roots = bounds(config.root)
    for name, default in DEFAULTS.items():
        value = getattr(config, name)
        if value and not _stays(config.root, value, roots):
            others = chain([default], (f"{name}-{number}" for number in count(1)))
            yield name, next(other for other in others if not other or _stays(config.root, other, roots))


def _stays(root: Path, value: str, roots: tuple[str, ...]) -> bool:
    try:
        return is_within(os.path.realpath(root / value), roots)
    except ValueError:  # a NUL
        return False


def _leads_out(config: Config, name: str, instead: str, keys: Keys | None) -> Fault:
    taken = f"; `{instead}` stands in its place" if instead else ""
    fact = f"`{name}` is `{getattr(config, name)}`, which leads out of the project{taken}"
    return _fault(config, name, fact, "name a place in the project", keys)


def _fault(config: Config, name: str, fact: str, remedy: str, keys: Keys | None) -> Fault:
    place = keys.place((name,)) if keys else Place(relpath(config.root / getattr(config, name)))
    return Fault(FaultKind.BAD_CONFIG, place, fact, remedy)
