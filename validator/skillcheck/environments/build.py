"""Requirements → a ready interpreter, made by uv and kept in the user's cache."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from uv import find_uv_bin

from skillcheck.model import Environment, Releases, Requirement

RESOLUTIONS = {Releases.LOWEST: "lowest-direct", Releases.NEWEST: "highest"}
READY = "skillcheck-environment.json"
PASSED = frozenset(
    {"HOME", "PATH", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME"}
)


class UvError(Exception):
    """Uv ended with an error; the argument is what it said."""


def cache_folder() -> Path:
    """Return the folder of the user's cache that holds environments, without making it."""
    base = os.environ.get("SKILLCHECK_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "skillcheck" if base else Path.home() / ".cache" / "skillcheck"


def prepare(
    requirements: Sequence[Requirement],
    *,
    python: str | None = None,
    cache: Path | None = None,
    releases: Releases = Releases.NEWEST,
) -> Environment:
    """Return an interpreter that has exactly `requirements`, in the `releases` wanted, and what these need.

    Only wheels are installed, since building a source distribution executes its code. `python` is a version request
    or a path for uv, by default the running interpreter. The same requirements give the same folder of the cache; a
    half-made one is made anew. What uv refuses is told in `Environment.error`.
    """
    request = python or sys.executable
    key = _key(requirements, request, releases)
    folder = (cache or cache_folder()) / "environments" / key
    try:
        with _locked(folder):
            return _ready(folder, requirements) or _make(folder, requirements, request, releases)
    except (OSError, UvError) as failure:
        return Environment("", requirements=tuple(requirements), error=str(failure))


def _key(requirements: Sequence[Requirement], python: str, releases: Releases) -> str:
    stated = [sorted({requirement.text for requirement in requirements}), python, sys.version, sys.platform, releases]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:24]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by the kernel when the process ends, however it ends
        yield


def _ready(folder: Path, requirements: Sequence[Requirement]) -> Environment | None:
    try:
        known = json.loads((folder / READY).read_text(encoding="utf-8"))
        found = Environment(known["python"], known["version"], tuple(requirements), tuple(known["lock"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found if Path(found.python).exists() else None


def _make(folder: Path, requirements: Sequence[Requirement], request: str, releases: Releases) -> Environment:
    shutil.rmtree(folder, ignore_errors=True)
    uv("venv", "--no-project", "--python", request, str(folder))
    python = str(folder / "bin" / "python")
    texts = sorted({requirement.text for requirement in requirements})
    if texts:
        how = ["--only-binary", ":all:", "--compile-bytecode", "--resolution", RESOLUTIONS[releases]]
        uv("pip", "install", "--python", python, *how, *texts)
    lock = tuple(sorted(uv("pip", "freeze", "--python", python).split()))
    version = _said([python, "-I", "-c", "import platform; print(platform.python_version())"]).strip()
    (folder / READY).write_text(json.dumps({"python": python, "version": version, "lock": lock}), encoding="utf-8")
    return Environment(python, version, tuple(requirements), lock)


def uv(*arguments: str) -> str:
    """Return what uv writes when it is called so; UvError where it refuses."""
    return _said([find_uv_bin(), "--no-config", "--quiet", *arguments])


def _said(command: list[str]) -> str:
    passed = {name: value for name, value in os.environ.items() if name in PASSED or name.startswith("UV_")}
    settings = {"UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"}
    done = subprocess.run(command, env=passed | settings, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UvError(done.stderr.strip() or f"{command[0]} ended with status {done.returncode}")
    return done.stdout
