"""The bundle, installed by the real Claude Code client: what a user gets, compared with what stands here.

Run by `make client` and CI, not by pytest: it needs npm and the client's package. Only offline `plugin` subcommands are
used, in an empty home and with a bare environment.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = "2.1.330"
PACKAGE = f"@anthropic-ai/claude-code-linux-x64@{VERSION}"
CLIENT = ROOT / ".work" / "client" / "node_modules" / "@anthropic-ai" / "claude-code-linux-x64" / "claude"
LEFT_OUT = {".git"}


def fetch() -> None:
    """Install the client's package with npm, once."""
    if CLIENT.exists():
        return
    folder = ROOT / ".work" / "client"
    folder.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm") or sys.exit("npm is not installed; it fetches the real client")
    subprocess.run([npm, "install", "--loglevel=error", "--no-save", "--prefix", str(folder), PACKAGE], check=True)  # noqa: S603


def client(home: Path, *arguments: str) -> str:
    """Run an offline subcommand in an empty home; return what it wrote, or end with it."""
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(  # noqa: S603 - the client's own file, with arguments from here
        [str(CLIENT), "plugin", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"claude plugin {' '.join(arguments)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, links followed, by its path there."""
    return {
        os.path.relpath(Path(parent) / name, folder): (Path(parent) / name).read_bytes()
        for parent, _, names in os.walk(folder, followlinks=True)
        for name in names
        if name not in LEFT_OUT and "__pycache__" not in parent
    }


def check_installed(home: Path, plugin: dict[str, str], source: Path) -> None:
    """End with a message unless the installed copy is whole: real files, the same as those of the bundle."""
    installed = Path(plugin["installPath"])
    links = [path for path in installed.rglob("*") if path.is_symlink()]
    ours, theirs = contents(source), contents(installed)
    differing = sorted(path for path in ours if theirs.get(path) != ours[path])
    if links or differing or not installed.is_relative_to(home):
        sys.exit(f"{plugin['id']}: links {links}, missing or different {differing}")
    print(f"{plugin['id']} {plugin['version']}: {len(theirs)} real files, the same as in the bundle")  # noqa: T201


def main() -> None:
    """Validate, add, install, list, describe and compare every plugin of the marketplace."""
    fetch()
    market = json.loads((ROOT / "marketplace.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        said = client(home, "validate", "--strict", ".")
        if "warning" in said.lower():
            sys.exit(f"the client warns:\n{said}")
        client(home, "marketplace", "add", "./")
        for entry in market["plugins"]:
            name = f"{entry['name']}@{market['name']}"
            client(home, "install", name)
            details = client(home, "details", name)
            if "Skills (1)" not in details or entry["name"] not in details:
                sys.exit(f"{name} does not show its one skill:\n{details}")
        for plugin in json.loads(client(home, "list", "--json")):
            if plugin.get("errors"):
                sys.exit(f"{plugin['id']} has errors: {plugin['errors']}")
            source = next(e["source"] for e in market["plugins"] if plugin["id"].startswith(f"{e['name']}@"))
            check_installed(home, plugin, ROOT / source)
    print(f"Claude Code {VERSION} installs {len(market['plugins'])} plugin(s) of {market['name']}")  # noqa: T201


if __name__ == "__main__":
    main()
