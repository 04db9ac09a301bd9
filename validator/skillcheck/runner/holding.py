"""This machine, this user and an interpreter → by what programs are held there."""

from __future__ import annotations

import json
import os
import re
import sys
from functools import cache
from pathlib import Path

from skillcheck.model.data import Json
from skillcheck.runner.cache import OWN, Cache, key_of
from skillcheck.runner.cache.keys import plain, stamp
from skillcheck.runner.sandbox import Sandbox, private_folder

# What decides by what the kernel lets a process be held: this boot, the rights of the process, and the settings.
SETTLED = (
    *(f"/proc/sys/kernel/{name}" for name in ("random/boot_id", "unprivileged_userns_clone", "seccomp/actions_avail")),
    *("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "/sys/kernel/security/lsm", "/proc/self/attr/current"),
    *(f"/proc/sys/user/max_{kind}_namespaces" for kind in ("user", "mnt", "pid", "net", "ipc", "uts")),
    *("/proc/self/uid_map", "/proc/self/gid_map", "/proc/self/cgroup"),
)
RIGHTS = re.compile(r"(?m)^(?:Uid|Gid|Groups|Cap\w+|NoNewPrivs|Seccomp\w*):.*$")
NAMESPACES = tuple(f"/proc/self/ns/{kind}" for kind in ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup"))


@cache
def held(python: str) -> tuple[str, ...]:
    """Return by what programs of that interpreter are held on this machine; it is tried once."""
    with private_folder() as folder:
        segments = [{"file": str(folder / "nothing.py"), "line": 1, "text": ""}]
        return Sandbox(python).run(folder, {"kind": "script", "path": [], "segments": segments, "watch": []}).isolation


def expected(python: str, results: Cache) -> tuple[str, ...]:
    """Return the same, as it was when it was last tried under the same circumstances.

    That is enough to find results by: each of them holds by what its own program was held, and one that differs from
    what was expected is not kept.
    """
    parts = circumstances(python)
    if parts is None:
        return held(python)
    name = key_of(parts)
    known = _told(results.get(name))
    if known is None:
        known = held(python)
        results.put(name, json.dumps(known).encode())
    return known


def circumstances(python: str) -> dict[str, Json] | None:
    """Return what it depends on by what a program is held; None where the kernel doesn't tell."""
    try:
        rights = RIGHTS.findall(Path("/proc/self/status").read_text(encoding="utf-8"))
        namespaces: list[Json] = [os.readlink(path) for path in NAMESPACES]  # noqa: PTH115 - the link's own text
    except OSError:
        return None
    settled: list[Json] = [_read(path) for path in SETTLED]
    parts: dict[str, Json] = {"settled": settled, "rights": rights, "namespaces": namespaces}
    return parts | {"kernel": [*os.uname()], "interpreter": [python, plain(stamp(python), {}), sys.version], "own": OWN}


def _read(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _told(body: bytes | None) -> tuple[str, ...] | None:
    try:
        known = json.loads(body or b"null")
    except ValueError:
        return None
    return tuple(known) if isinstance(known, list) and known and all(isinstance(each, str) for each in known) else None
