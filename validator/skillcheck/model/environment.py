"""An interpreter with exactly one set of requirements installed."""

from __future__ import annotations

from dataclasses import dataclass, field

from skillcheck.model.place import Place


@dataclass(frozen=True, slots=True)
class Requirement:
    """A PEP 508 requirement and where it was declared."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Environment:
    """A ready interpreter.

    `python` is its executable, `version` as in `3.11.7`, `lock` the installed distributions as `name==version`, sorted.
    `error` says why it could not be made, with what uv said; it is empty where the environment is ready.
    """

    python: str
    version: str = ""
    requirements: tuple[Requirement, ...] = ()
    lock: tuple[str, ...] = ()
    error: str = ""
    modules: frozenset[str] = field(default_factory=frozenset)
