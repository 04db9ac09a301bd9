"""The work folder: an interpreter with the pinned peers, made once and made anew when the pins change."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from uv import find_uv_bin

PINS = Path(__file__).with_name("peers.txt")


def peers(work: Path) -> Path:
    """Return the interpreter in `work` that has the peers, made if need be; raise CalledProcessError if uv cannot."""
    key = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = work / f"peers-{key}"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _uv("venv", "--no-project", "--python", sys.executable, str(folder))
        _uv("pip", "install", "--python", str(python), "--compile-bytecode", "--requirements", str(PINS))
        (folder / "ready").touch()
    return python


def machine() -> str:
    """Return in one line what everything runs on."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    system = f"{platform.system()} {platform.release()}"
    python = f"CPython {platform.python_version()}"
    return f"{len(os.sched_getaffinity(0))} cores of {next(names, platform.machine())}, {system}, {python}"


def versions() -> dict[str, str]:
    """Return the pinned distributions with their versions, and ours."""
    lines = (line.partition(" ;")[0].strip() for line in PINS.read_text(encoding="utf-8").splitlines())
    pinned = dict(line.split("==", 1) for line in lines if "==" in line and not line.startswith("#"))
    return pinned | {"claude-skillcheck": metadata.version("claude-skillcheck")}


def knows(python: Path, option: str) -> bool:
    """Whether `skillcheck run` of this interpreter takes `option`."""
    command = [str(python), "-m", "skillcheck", "run", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - arguments from here
    return option in said.stdout.split()


def _uv(*arguments: str) -> None:
    subprocess.run([find_uv_bin(), "--no-config", "--quiet", *arguments], check=True)  # noqa: S603 - arguments from here
