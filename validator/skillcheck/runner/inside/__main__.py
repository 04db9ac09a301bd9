"""A job on one descriptor → its outcome on another."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from os import _exit, getpid, write
from typing import Any

import execute  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import lines  # type: ignore[import-not-found]
import watch  # type: ignore[import-not-found]

Outcome = dict[str, Any]
PRELOADED = ("importlib", "runpy")  # by running a folder: `importlib.util` would be there without being imported
encode = json.JSONEncoder().encode  # with `_exit`, `getpid` and `write` taken before a program can replace them


def main() -> None:
    """Read the job, confine this process, do the job, write the outcome, and end without further ado."""
    with os.fdopen(int(sys.argv[1]), "rb") as given:
        job: dict[str, Any] = json.load(given)
    report = int(sys.argv[2])
    os.set_inheritable(report, False)  # noqa: FBT003 - takes no keywords
    isolation = watch.enter(job, report)
    seal, own = job.pop("seal"), getpid()
    for outcome in _done(job):
        if getpid() != own:  # a process that the program forked came to the program's end: it speaks for itself alone
            _exit(1 if "raised" in outcome else outcome.get("exit", 0) & 255)
        write(report, f"\n{seal}{encode(outcome | {'isolation': isolation})}\n".encode())
    _exit(0)


def _done(job: dict[str, Any]) -> Iterator[Outcome]:
    if job["kind"] == "probe":
        import probe  # type: ignore[import-not-found] # noqa: PLC0415 - its own imports are no program's business

        yield {"parsed": probe.parse(job["sources"])}
        yield {"resolved": probe.resolve(job["wanted"])}
        return
    if job["kind"] == "command":
        os.chdir(job["directory"])
        os.execve(job["argv"][0], job["argv"], dict(os.environ))  # noqa: S606 - no shell
    _hide()
    recorder = lines.Recorder(tuple(job["watch"]))
    recorder.start()
    outcome: Outcome = execute.execute(job)
    yield outcome | {"lines": {path: sorted(seen) for path, seen in recorder.lines.items()}}


def _hide() -> None:
    """Take this folder and its modules out of a program's sight."""
    here = sys.path.pop(0)
    for name, module in list(sys.modules.items()):
        if os.path.dirname(getattr(module, "__file__", None) or "") == here and name != "__main__":  # noqa: PTH120
            sys.modules[f"_skillcheck.{name}"] = sys.modules.pop(name)
        elif name.startswith(PRELOADED) and "_bootstrap" not in name:
            del sys.modules[name]


main()
