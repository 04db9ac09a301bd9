"""An interpreter with exactly one set of requirements installed."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from skillcheck.model.lean import dataclass
from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Requirement:
    """A PEP 508 requirement and where it was declared; `origin` says by what, such as `pip install`.

    `hashes` are those that its file must have one of, as in `sha256:…`; any will do where there are none. A `tool`
    measures what is declared, and is none of it.
    """

    text: str
    place: Place
    origin: str = ""
    hashes: tuple[str, ...] = ()
    tool: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """The releases that a lock holds, and what they are said to be enough for."""

    pins: tuple[Requirement, ...]
    needs: tuple[Requirement, ...]


class Trouble(StrEnum):
    """What keeps an environment from being made."""

    REQUIREMENTS = "requirements"
    PYTHON = "python"
    CACHE = "cache"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A requirement that could not be installed beside the others, and what was said of it.

    One that is `unbuilt` is there, or in its newest release, as source alone.
    """

    requirement: Requirement
    said: str
    unbuilt: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """A ready interpreter.

    `python` is its executable, `version` as in `3.11.7`, `lock` the installed distributions as `name==version`, sorted.
    `error` says why it could not be made, with what uv said; it is empty where the environment is ready. `trouble` is
    what that is about, and `place` where it was asked for. Nothing was `installed` into an interpreter that is taken as
    it is; `readable` is where its modules lie, which may be anywhere. `refused` are those of the requirements that it
    lacks, because they cannot be installed.
    """

    python: str
    version: str = ""
    requirements: tuple[Requirement, ...] = ()
    lock: tuple[str, ...] = ()
    error: str = ""
    trouble: Trouble = Trouble.REQUIREMENTS
    place: Place | None = None
    installed: bool = True
    readable: tuple[str, ...] = ()
    modules: frozenset[str] = field(default_factory=frozenset)
    refused: tuple[Refusal, ...] = ()
