"""What a user can set, with the defaults for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from skillcheck.model import Client, Fault, Json
from skillcheck.model.lean import dataclass


@dataclass(frozen=True, slots=True)
class MarketplaceConfig:
    """What the marketplace says of itself; `owner` holds `name` and perhaps `email` and `url`.

    `source` is where Claude Code gets the plugins from that have none of their own; empty for the folders beside it.
    """

    name: str
    owner: Mapping[str, str]
    description: str = ""
    version: str = ""
    source: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SkillConfig:
    """What is set for one skill; None and what is empty leave it as for all.

    `requirements` are as PEP 508 has them, `timeout` is in seconds. Without `install` the skill's blocks run on what is
    installed beside skillcheck: so is a skill proven that teaches the project which it stands in.
    """

    requirements: tuple[str, ...] = ()
    timeout: float | None = None
    network: bool | None = None
    category: str = ""
    keywords: tuple[str, ...] = ()
    version: str = ""
    author: Mapping[str, str] = field(default_factory=dict)
    install: bool = True
    source: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PathConfig:
    """What is set for a part of the project: `targets` in place of the project's, None for these; more to `ignore`."""

    targets: tuple[Client, ...] | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project.

    `root` is the folder of the file, `path` the file as shown, empty without one. `timeout` is in seconds,
    `baseline` a file of known findings. `run` are the languages whose blocks are run without a directive. `faults` say
    what in the file could not be used; the default stands in its place. `paths` hold what is set for files and folders,
    by their paths from `root`, as patterns.
    """

    root: Path
    path: str = ""
    targets: tuple[Client, ...] = (Client.SPEC, Client.CLAUDE_CODE, Client.CLAUDE_AI)
    snippets: str = "snippets"
    tests: str = "tests/skills"
    dist: str = "dist"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    timeout: float = 10.0
    network: bool = False
    run: tuple[str, ...] = ()
    python: str | None = None
    marketplace: MarketplaceConfig | None = None
    skills: Mapping[str, SkillConfig] = field(default_factory=dict)
    paths: Mapping[str, PathConfig] = field(default_factory=dict)
    baseline: str = ""
    faults: tuple[Fault, ...] = ()
