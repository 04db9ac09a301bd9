"""Environment, isolation, machine and our own sources → what a result rests on besides its program."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from skillcheck.disk import FORMAT, MACHINE
from skillcheck.model import Environment, Program, Unit
from skillcheck.model.data import Json
from skillcheck.runner.cache.keys import (
    Known,
    file_hash,
    key_of,
    plain,
    plain_fields,
    stamp,
    stamps,
    tree_hash,
)
from skillcheck.runner.sandbox import Limits

INSTALLERS_OWN = ("/INSTALLER", "/REQUESTED", "/RECORD", "/direct_url.json", "/uv_cache.json", "/uv_build.json")

# What runs a program and reads how it ended; stamped and read when this process begins, as its code is.
PACKAGE = Path(__file__).parents[2]
ROOMS = ("model", "disk", "blocks", "runner")
SOURCES = tuple(sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")))
BEGUN = stamps(SOURCES)
OWN = key_of({path.relative_to(PACKAGE).as_posix(): file_hash(path) for path in SOURCES})


@dataclass(frozen=True, slots=True)
class Around:
    """All that a result rests on besides the program; `digest` is None where that cannot be known.

    `readable` are folders that the programs may read; `tool` is the name, the version and the file of what runs them
    where that is not the environment's interpreter. What nothing keeps from reading or connecting where it likes
    rests on more than can be named, so the digest takes Landlock, and namespaces or seccomp.
    """

    environment: Environment
    isolation: tuple[str, ...]
    readable: tuple[Path, ...] = ()
    digest: str | None = None
    tool: tuple[str, ...] = ()
    units: Known = field(default_factory=dict, repr=False, compare=False)

    @property
    def steady(self) -> bool:
        """Whether all is still as it was; what was run while it changed must not be kept."""
        return self.digest is not None and self.digest == _digest(self)

    def program_key(
        self, program: Program, limits: Limits, *, network: bool = False, alone: bool = False
    ) -> str | None:
        """Return the key of a run of `program`, None where its result must not be kept."""
        if self.digest is None or network or "network" in program.unit.block.directive.options:
            return None
        parts = {"program": plain(program, self.units), "limits": plain(limits, {}), "alone": alone}
        return key_of(parts | {"around": self.digest})

    def suite_key(
        self, skill: str, shown: str, files: Sequence[Unit], limits: Limits, *, network: bool = False
    ) -> str | None:
        """Return the key of a session of the tests shown as `shown`, over the project made of `files`."""
        if self.digest is None or network:
            return None
        parts = {"skill": skill, "shown": shown, "files": plain(tuple(files), self.units)}
        return key_of(parts | {"limits": plain(limits, {}), "around": self.digest})

    def probe_key(self, job: Mapping[str, Json]) -> str | None:
        """Return the key of what the environment's interpreter answers to `job`."""
        return None if self.digest is None else key_of({"job": dict(job), "around": self.digest})


def around(
    environment: Environment, isolation: Sequence[str], readable: Sequence[Path] = (), tool: tuple[str, ...] = ()
) -> Around:
    """Return what programs rest on that run in `environment`, held by `isolation`."""
    bare = Around(environment, tuple(isolation), tuple(readable), None, tool)
    return replace(bare, digest=_digest(bare))


def _digest(given: Around) -> str | None:
    contained = "landlock" in given.isolation and not {"namespaces", "seccomp"}.isdisjoint(given.isolation)
    if given.environment.error or not contained or stamps(SOURCES) != BEGUN:
        return None
    system, inputs = os.uname(), [tree_hash(folder) for folder in given.readable]
    parts: dict[str, Json] = {
        "format": FORMAT,
        "runner": OWN,
        "host": sys.version,
        "platform": [sys.platform, system.machine, *system.release.split(".")[:2]],
        "machine": plain(stamps(MACHINE), {}),
        "user": os.getuid(),
        "isolation": list(given.isolation),
        "tool": [*given.tool, plain(stamps(given.tool[-1:]), {})],
        "inputs": None if None in inputs else list(inputs),
    }
    if given.environment.python or not given.tool:
        parts |= _of_interpreter(given.environment)
    return None if None in parts.values() else key_of(parts)


def _of_interpreter(environment: Environment) -> dict[str, Json]:
    return {
        "environment": plain_fields(environment, {}),
        "interpreter": plain(stamp(environment.python), {}),
        "installed": _installed(environment.python),
    }


def _installed(python: str) -> str | None:
    prefix = Path(python).parent.parent
    try:
        settings = (prefix / "pyvenv.cfg").read_text(encoding="utf-8")
        (site,) = prefix.glob("lib/python*/site-packages")
        changed = site.stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    return _distributions(site, changed) if "include-system-site-packages = false" in settings else None


@functools.lru_cache(maxsize=64)
def _distributions(site: Path, _changed: int) -> str | None:
    """Return what is installed by the hashes that its installer recorded, None where some of it lies elsewhere."""
    parts: dict[str, Json] = {"": [*sorted(os.listdir(site))]}  # noqa: PTH208
    try:
        for path in site.glob("*.dist-info"):
            origin = path / "direct_url.json"
            if origin.exists() and b'"editable"' in origin.read_bytes():
                return None
            parts[path.name] = [*_recorded((path / "RECORD").read_text(encoding="utf-8"))]
        for path in site.glob("*.pth"):
            lines = path.read_text(encoding="utf-8").splitlines()
            if any(line.strip() and not line.startswith(("import ", "import\t", "#")) for line in lines):
                return None
            parts[path.name] = [*lines]
    except (OSError, ValueError):
        return None
    return key_of(parts)


def _recorded(record: str) -> Iterator[str]:
    """Yield the lines of a RECORD that tell of the distribution, not of where and how it was installed."""
    for line in sorted(record.splitlines()):
        if not line.startswith(("../", "/")) and not line.partition(",")[0].endswith(INSTALLERS_OWN):
            yield line
