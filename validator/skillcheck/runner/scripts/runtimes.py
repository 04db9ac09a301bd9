"""PATH → the runtimes of JavaScript and the shell that are there, each with what it says of itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SECONDS = 20
DESCRIBE = Path(__file__).with_name("describe.mjs")
STRIPS_TYPES = "--experimental-strip-types"
HEAP = 1024
"""Mebibytes of V8's heap; the kernel's own limit is behind it."""
COMMANDS = {"node": (), "deno": ("run", "--allow-all", "--no-prompt", "--quiet"), "bun": ("run", "--no-install")}


@dataclass(frozen=True, slots=True)
class Runtime:
    """A program that runs scripts: its name, the file that is executed, its version.

    `globals` are the names that it binds, `modules` those that it brings; `flags` are options that it knows.
    """

    name: str
    path: str
    version: str
    globals: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    flags: tuple[str, ...] = ()

    @property
    def typed(self) -> bool:
        """Whether it runs TypeScript."""
        return self.name != "node" or STRIPS_TYPES in self.flags

    def command(self, file: str) -> list[str]:
        """Return what runs the file."""
        if self.name == "bash":
            return [self.path, "--norc", "--noprofile", "-euo", "pipefail", file]
        own = ["--no-warnings", f"--max-old-space-size={HEAP}", *self.flags] if self.name == "node" else []
        return [self.path, *COMMANDS[self.name], *own, file]


def ecmascript(*, typed: bool) -> Runtime | str:
    """Return the first of node, deno and bun that can run JavaScript, or TypeScript if `typed`; else why there is none.

    Each is asked once for what it is.
    """
    there = [found for name in COMMANDS if (found := installed(name))]
    fit = next((found for found in there if found.typed or not typed), None)
    if fit:
        return fit
    if there:
        return f"node {there[0].version} does not run TypeScript, which node 22.6, deno or bun would"
    return "node is not installed"


def bash() -> Runtime | str:
    """Return the shell, or that there is none."""
    return installed("bash") or "bash is not installed"


def installed(name: str) -> Runtime | None:
    """Return the runtime of that name on PATH, None where it is not there or does not work."""
    path = shutil.which(name)
    return _asked(name, path) if path else None


@cache
def _asked(name: str, path: str) -> Runtime | None:
    if name == "bash":
        said = _said([path, "-c", 'printf %s "$BASH_VERSION"'])
        return Runtime(name, path, said) if said else None
    try:
        told: dict[str, Any] = json.loads(_said([path, *COMMANDS[name], str(DESCRIBE)]))
        known = (frozenset(told["globals"]), frozenset(told["modules"]), tuple(told["flags"]))
        return Runtime(name, str(told["path"]), str(told["version"]), *known)
    except (ValueError, LookupError, TypeError):
        return None


def _said(command: Sequence[str]) -> str:
    """Return what a command of ours prints, nothing where it does not end well."""
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, env=kept, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace").strip()
