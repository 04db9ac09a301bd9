"""Words → uv, or an interpreter, run with them → what it said."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

from uv import find_uv_bin

from skillcheck.model import Trouble

PASSED = frozenset(
    {"HOME", "PATH", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME"}
)
# What decides which releases are found and taken; some hold passwords, so only their digest goes anywhere.
DECIDING = (
    *("UV_INDEX", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX"),
    *("UV_INDEX_STRATEGY", "UV_CONSTRAINT", "UV_OVERRIDE", "UV_PRERELEASE", "UV_RESOLUTION", "UV_EXCLUDE_NEWER"),
)


class UvError(Exception):
    """A command ended with an error: the first argument is what it said, the second what that is about."""

    def __init__(self, said: str, trouble: Trouble = Trouble.REQUIREMENTS) -> None:
        """Keep both."""
        super().__init__(said)
        self.trouble = trouble


def sources() -> str:
    """Return a digest of the settings that decide from where distributions come."""
    settings = [os.environ.get(name) for name in DECIDING]
    return hashlib.sha256(json.dumps(settings).encode()).hexdigest()


def interpreter(request: str) -> str:
    """Return the path of the interpreter that a version or a path asks for; none is downloaded."""
    return said([find_uv_bin(), "--no-config", "python", "find", "--no-project", "--system", request], Trouble.PYTHON)


def uv(*arguments: str, trouble: Trouble = Trouble.REQUIREMENTS) -> str:
    """Run uv and return what it said; `trouble` is what an error is about."""
    return said([find_uv_bin(), "--no-config", "--quiet", *arguments], trouble)


def known_pythons() -> str:
    """Return in JSON which interpreters uv finds, and which it knows of besides; none is downloaded."""
    command = [find_uv_bin(), "--no-config", "python", "list", "--output-format", "json"]  # --quiet would leave nothing
    return said(command, Trouble.PYTHON, downloads="automatic")


def said(command: list[str], trouble: Trouble = Trouble.REQUIREMENTS, *, downloads: str = "never") -> str:
    """Run a command without the user's own environment variables and return what it said."""
    done = _run(command, downloads)
    if done.returncode == 0:
        return done.stdout.strip()
    folder = _run([find_uv_bin(), "--no-config", "cache", "dir"]).stdout.strip()
    unwritable = not _is_writable(Path(folder))
    words = done.stderr.strip().removeprefix("error: ") or f"{command[0]} ended with status {done.returncode}"
    if trouble is Trouble.PYTHON:
        words = words.partition("\n")[0]  # what follows is how the interpreter was asked
    raise UvError(words, Trouble.CACHE if unwritable else trouble)


def _run(command: list[str], downloads: str = "never") -> subprocess.CompletedProcess[str]:
    passed = {name: value for name, value in os.environ.items() if name in PASSED or name.startswith("UV_")}
    settings = {"UV_PYTHON_DOWNLOADS": downloads, "NO_COLOR": "1"}
    return subprocess.run(command, env=passed | settings, capture_output=True, text=True, check=False)


def _is_writable(folder: Path) -> bool:
    """Whether uv can keep files in what is its cache."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
