"""The checkout → what it is installed from: a folder, a git repository, ZIPs with their marketplace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.client.real import ROOT

LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".work", "dist", ".*_cache", ".hypothesis", "__pycache__", ".coverage*"
)
COMMITTER = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "nobody"), ("EMAIL", "nobody@skills.example"))
}


def checkout(folder: Path) -> Path:
    """Copy what stands here, links as links, as a clone would have it."""
    return Path(shutil.copytree(ROOT, folder, symlinks=True, ignore=LEFT_OUT))


def repository(tree: Path, bare: Path) -> None:
    """Make a bare repository of one commit that has all of `tree`."""
    for arguments in (("init", "--quiet"), ("add", "--all", "--force"), ("commit", "--quiet", "--message", "All")):
        _git(tree, *arguments)
    _git(tree, "clone", "--quiet", "--bare", str(tree), str(bare))
    shutil.rmtree(tree / ".git")


def _git(folder: Path, *arguments: str) -> None:
    git = shutil.which("git") or sys.exit("git is not installed")
    settled = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"} | COMMITTER
    subprocess.run([git, *arguments], cwd=folder, env=settled, check=True)  # noqa: S603 - arguments from here


def archives(tree: Path, market: Path, url: str) -> None:
    """Pack the skills of `tree`, and put the marketplace of the ZIPs into a folder of its own."""
    for arguments in (("pack", "skills"), ("marketplace", "skills", "--archives", url)):
        command = [sys.executable, "-m", "skillcheck", *arguments]
        subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    (market / ".claude-plugin").mkdir(parents=True)
    shutil.move(tree / "dist" / "marketplace.json", market / ".claude-plugin" / "marketplace.json")
