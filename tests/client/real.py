"""The real Claude Code client: fetched with npm, and run in a home of its own with a bare environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
VERSION = "2.1.330"
PACKAGE = f"@anthropic-ai/claude-code-linux-x64@{VERSION}"
CLIENT = ROOT / ".work" / "client" / "node_modules" / "@anthropic-ai" / "claude-code-linux-x64" / "claude"
SECONDS = 120


def fetch() -> None:
    """Install the client's package with npm, once."""
    if not CLIENT.exists():
        packages(ROOT / ".work" / "client", PACKAGE)


def packages(folder: Path, *names: str) -> None:
    """Install packages of npm below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm") or sys.exit("npm is not installed; it fetches the real clients")
    options = ("--loglevel=error", "--no-save", "--no-audit", "--no-fund")
    subprocess.run([npm, "install", *options, "--prefix", str(folder), *names], check=True)  # noqa: S603


@dataclass(frozen=True, slots=True)
class Client:
    """The client with a home, in a folder; `variables` are all that it is told besides."""

    home: Path
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the client, however it ends."""
        settled = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}
        return subprocess.run(  # noqa: S603 - the client's own file, with arguments from here
            [str(CLIENT), *arguments],
            cwd=self.folder,
            env=settled | dict(self.variables),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )

    def plugin(self, *arguments: str) -> str:
        """Run a `plugin` subcommand; return what it wrote, or end with it."""
        done = self.run("plugin", *arguments)
        if done.returncode != 0:
            sys.exit(f"claude plugin {' '.join(arguments)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def installed(self) -> list[dict[str, Any]]:
        """Return the plugins that are installed; end with the errors of those that are not loaded."""
        listed: list[dict[str, Any]] = json.loads(self.plugin("list", "--json"))
        for plugin in listed:
            if plugin.get("errors"):
                sys.exit(f"{plugin['id']} has errors: {plugin['errors']}")
        return listed


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, links followed, by its path there."""
    return {
        os.path.relpath(Path(parent) / name, folder): (Path(parent) / name).read_bytes()
        for parent, _, names in os.walk(folder, followlinks=True)
        for name in names
        if name != ".git" and "__pycache__" not in parent
    }


def real_files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder; end if one is a link."""
    links = [str(path) for path in folder.rglob("*") if path.is_symlink()]
    if links:
        sys.exit(f"{folder} holds links: {', '.join(links)}")
    return contents(folder)
