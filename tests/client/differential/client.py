"""Bundles -> what the real client says of them, and whether it installs and loads them."""

from __future__ import annotations

import json
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.client.differential.verdict import Said
from tests.client.real import CLIENT

MANIFEST = ".claude-plugin/plugin.json"
MARKET = ".claude-plugin/marketplace.json"

_LEVELS = {"errors": "error", "warnings": "warning"}
_ENTRY = re.compile(r"plugins\[(\d+)\] plugin\.json →\s*(.*)")
_SECONDS = 120


def validate(root: Path, home: Path) -> tuple[Said, ...]:
    """Return what `plugin validate` says of a folder."""
    done = _run(home, "validate", "--json", str(root))
    try:
        told = json.loads(done.stdout)
    except json.JSONDecodeError:
        return (Said(".", "error", "crash", f"{done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}"),)
    parts = [*([told["manifest"]] if told["manifest"] else []), *told["contents"]]
    return tuple(said for part in parts for said in _said(part, root))


def load(root: Path, home: Path) -> dict[str, str]:
    """Add the marketplace and install every plugin of it; return why each that does not load does not.

    The key of what keeps the whole marketplace out is empty.
    """
    done = _run(home, "marketplace", "add", f"{root}/", "--json")
    if done.returncode != 0:
        return {"": done.stdout + done.stderr}
    market = json.loads((root / MARKET).read_text(encoding="utf-8-sig"))
    failed: dict[str, str] = {}
    ids = {}
    for entry in market["plugins"]:
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str):
            ids[f"{name}@{market['name']}"] = name
            done = _run(home, "install", f"{name}@{market['name']}", "--json")
            if done.returncode != 0:
                failed[name] = done.stdout + done.stderr
    for plugin in json.loads(_run(home, "list", "--json").stdout):
        if plugin.get("errors") and plugin["id"] in ids:
            failed[ids[plugin["id"]]] = f"{plugin['errors']}"
    return failed


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    command = [str(CLIENT), "plugin", *arguments]
    try:
        return subprocess.run(  # noqa: S603 - the client's own file, with arguments from here
            command, cwd=home, env=environ, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        sys.exit(f"claude plugin {' '.join(arguments)} did not end in {_SECONDS} s")


def _said(part: dict[str, Any], root: Path) -> Iterator[Said]:
    file = os.path.relpath(part["file"], root)
    for key, level in _LEVELS.items():
        for told in part[key]:
            entry = _ENTRY.fullmatch(told["path"])
            if entry:
                yield Said(_manifest(root, int(entry[1])), level, field(MANIFEST, entry[2]), told["message"])
            else:
                yield Said(file, level, field(file, told["path"]), told["message"])


def _manifest(root: Path, index: int) -> str:
    """Return the path of the plugin.json at the source of a marketplace's entry."""
    market = json.loads((root / MARKET).read_text(encoding="utf-8-sig"))
    source = market["plugins"][index]["source"]
    base = "" if source.startswith(".") else market["metadata"]["pluginRoot"]
    return posixpath.normpath(posixpath.join(base, source, MANIFEST))


def field(file: str, path: str) -> str:
    """Return the field that a path such as `plugins[0].source.sha` is about, as deep as both can tell."""
    steps = [step for step in re.split(r"[.\[\]]+", path) if step and path != "root"]
    if file == MARKET and steps[:1] == ["plugins"]:
        return ".".join(steps[:3])
    if file.endswith(".mcp.json"):
        return ".".join(steps[:2])
    return steps[0] if steps and not file.endswith("hooks.json") else ""
