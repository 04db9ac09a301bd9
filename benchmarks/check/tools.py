"""The tools that are compared: where each comes from, and how it is called on a folder."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from uv import find_uv_bin

COLD: Final = "skillcheck (this), cold"
WARM: Final = "skillcheck (this), nothing changed"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name as shown, its version, its command but for the folder, and what a reader should know of it."""

    name: str
    version: str
    command: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """A distribution on PyPI, its pinned version, and its command from the folder of its environment's programs."""

    name: str
    version: str
    command: Callable[[Path], tuple[str, ...]]
    note: str = ""


PEERS: Final = (
    Peer(
        "agnix",
        "0.59.3",
        lambda programs: (str(programs / "agnix"), "--max-files", "0"),
        "Rust; called with --max-files 0, since it stops with an error at 10,000 files",
    ),
    Peer("skillsaw", "0.22.0", lambda programs: (str(programs / "skillsaw"), "lint")),
    Peer("skilllint", "1.21.4", lambda programs: (str(programs / "skilllint"), "check", "--no-color")),
    Peer("skillcheck", "1.5.0", lambda programs: (str(programs / "skillcheck"), "--no-color"), "of PyPI, not this one"),
)


class UninstallableError(Exception):
    """A peer could not be installed; the message says why."""


def installed(peer: Peer, work: Path) -> Tool:
    """Return the peer, in an environment of its own in `work`, made if need be; UninstallableError if it cannot be."""
    key = hashlib.sha256(f"{peer.name}=={peer.version} {sys.version}".encode()).hexdigest()[:16]
    folder = work / f"{peer.name}-{key}"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _uv("venv", "--no-project", "--python", sys.executable, str(folder))
        python = str(folder / "bin" / "python")
        _uv("pip", "install", "--python", python, "--compile-bytecode", f"{peer.name}=={peer.version}")
        (folder / "ready").touch()
    return Tool(peer.name, peer.version, peer.command(folder / "bin"), peer.note)


def ours() -> tuple[Tool, Tool]:
    """Return skillcheck without its cache, and with the answer in it."""
    version = metadata.version("claude-skillcheck")
    command = (str(Path(sys.executable).with_name("skillcheck")), "check")
    return Tool(COLD, version, (*command, "--no-cache")), Tool(WARM, version, command)


def _uv(*arguments: str) -> None:
    command = [find_uv_bin(), "--no-config", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - arguments from here
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"uv ended with status {done.returncode}"
        raise UninstallableError(said)
