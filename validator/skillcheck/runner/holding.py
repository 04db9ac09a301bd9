"""This machine, this user and an interpreter → by what programs are held there."""

from __future__ import annotations

import json
import sys
from functools import cache

from skillcheck.disk import kernel
from skillcheck.model.data import Json
from skillcheck.runner.cache import OWN, Cache, key_of
from skillcheck.runner.cache.keys import plain, stamp
from skillcheck.runner.sandbox import Sandbox, private_folder


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
        results.lose()
        return held(python)
    name = key_of(parts)
    known = _told(results.get(name))
    if known is None:
        known = held(python)
        results.put(name, json.dumps(known).encode())
    return known


def circumstances(python: str) -> dict[str, Json] | None:
    """Return what it depends on by what a program is held; None where the kernel doesn't tell."""
    told = kernel()
    if told is None:
        return None
    return {"kernel": [*told], "interpreter": [python, plain(stamp(python), {}), sys.version], "own": OWN}


def _told(body: bytes | None) -> tuple[str, ...] | None:
    try:
        known = json.loads(body or b"null")
    except ValueError:
        return None
    return tuple(known) if isinstance(known, list) and known and all(isinstance(each, str) for each in known) else None
