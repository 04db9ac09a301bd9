"""A job, in a process confined for it → its outcome on the report's descriptor."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from os import _exit, getpid, write
from typing import Any, NoReturn

import execute  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
import lines  # type: ignore[import-not-found]
import noticing  # type: ignore[import-not-found]

Outcome = dict[str, Any]
PRELOADED = ("importlib", "runpy")  # by running a folder: `importlib.util` would be there without being imported
encode = json.JSONEncoder().encode  # with `_exit`, `getpid` and `write` taken before a program can replace them


def perform(job: dict[str, Any], report: int, isolation: list[str]) -> NoReturn:
    """Do the job, write its outcome under the job's seal, and end without further ado."""
    seal, own = job.pop("seal"), getpid()
    if job["kind"] in {"script", "module"}:
        hook = noticing.Hook(job["directory"], job["deadline"], report, seal, network=job["network"])
        sys.addaudithook(hook)
        hook.watch_variables()
    for outcome in _done(job):
        if getpid() != own:  # a process that the program forked came to the program's end: it speaks for itself alone
            _exit(1 if "raised" in outcome else outcome.get("exit", 0) & 255)
        said = f"\n{seal}{encode(outcome | {'isolation': isolation})}\n".encode()
        while said:
            said = said[write(report, said) :]
    _exit(0)


def hide() -> None:
    """Take this folder and its modules out of a program's sight."""
    if __name__ not in sys.modules:
        return  # a warm process has done it for its children
    here = os.path.dirname(__file__)  # noqa: PTH120 - pathlib would stay loaded in the program
    sys.path[:] = [path for path in sys.path if path != here]
    for name, module in list(sys.modules.items()):
        if os.path.dirname(getattr(module, "__file__", None) or "") == here and name != "__main__":  # noqa: PTH120
            sys.modules[f"_skillcheck.{name}"] = sys.modules.pop(name)
        elif name.startswith(PRELOADED) and "_bootstrap" not in name:
            del sys.modules[name]


def _done(job: dict[str, Any]) -> Iterator[Outcome]:
    if job["kind"] == "probe":
        if "_skillcheck.probe" not in sys.modules:
            import probe  # type: ignore[import-not-found] # noqa: PLC0415 - its own imports are no program's business

            sys.modules["_skillcheck.probe"] = probe
        probe = sys.modules["_skillcheck.probe"]
        yield {"parsed": probe.parse(job["sources"])}
        yield {"resolved": probe.resolve(job["wanted"])}
        yield {"attributes": probe.attributes(job.get("attributes", []))}
        return
    if job["kind"] == "command":
        yield {}  # by what it is held: what takes this process's place cannot say so
        os.chdir(job["directory"])
        os.execve(job["argv"][0], job["argv"], dict(os.environ))  # noqa: S606 - no shell
    hide()
    recorder = lines.Recorder(tuple(job["watch"]))
    if job["watch"]:
        recorder.start()
    outcome: Outcome = execute.execute(job)
    yield outcome | {"lines": {path: sorted(seen) for path, seen in recorder.lines.items()}}
