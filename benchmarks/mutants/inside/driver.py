"""A job in a file → one forked pytest session a task; what each gave is appended to a file of JSON lines.

The parent imports what all sessions need once; a session imports the project anew, from the folder of its task.
"""

from __future__ import annotations

import compileall
import contextlib
import importlib
import json
import os
import select
import shutil
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SLOWER = 10
"""A test may take so many times as long as it does without a mistake, and `GRACE` seconds besides."""
GRACE = 20.0
COLLECTING = 90.0
MEASURING = 600.0
"""What is not known yet may take so long."""
Job = dict[str, Any]


def main(path: str) -> None:
    """Do all tasks of the job."""
    job: Job = json.loads(Path(path).read_text())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    compileall.compile_dir(job["project"], quiet=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in job["preload"]:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    with Path(job["results"]).open("a") as results:
        for task in job["tasks"]:
            results.write(json.dumps(done(job, task)) + "\n")
            results.flush()


def done(job: Job, task: Job) -> Job:
    """Run one task in a process of its own, with a copy of the project, and return what it gave."""
    room = Path(job["folder"]) / f"task-{task['id']}"
    project = room / "project"
    shutil.copytree(job["project"], project)
    for name, text in task["files"].items():
        (project / name).write_text(text)
        os.utime(project / name, (1, 1))  # what is compiled of the original has another time
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        session(job, task, room, writing)
    os.close(writing)
    try:
        return {"id": task["id"], **watched(pid, reading, task["tests"], MEASURING if task["measure"] else GRACE)}
    finally:
        os.close(reading)
        shutil.rmtree(room, ignore_errors=True)


def watched(pid: int, reading: int, known: dict[str, float], grace: float) -> Job:
    """Wait for a session, and end it where a test takes much longer than it should."""
    said: Job = {"events": []}
    deadline, rest = time.monotonic() + COLLECTING, b""
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            said["timeout"] = True
            break
        data = os.read(reading, 1 << 16)
        if not data:
            break
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            event = json.loads(line)
            said["events"].append(event)
            if "start" in event:
                deadline = time.monotonic() + grace + SLOWER * known.get(event["start"], 1.0)
    with contextlib.suppress(ProcessLookupError):
        if "timeout" in said:
            os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # servers that it left behind
    return said | {"status": os.waitstatus_to_exitcode(status)}


def session(job: Job, task: Job, room: Path, writing: int) -> None:
    """Be pytest; never return."""
    status = 70
    try:
        os.setsid()
        output = os.open(room / "output", os.O_WRONLY | os.O_CREAT)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.environ.update(variables(room))
        os.chdir(room / "project")
        sys.path[:0] = os.environ["PYTHONPATH"].split(":")
        status = _pytest(job, task, room, writing)
    finally:
        sys.stdout.flush()
        os._exit(int(status))


def variables(room: Path) -> dict[str, str]:
    """Return what the session's environment says of its folder."""
    project = room / "project"
    paths = [str(path) for path in (project / "src", project) if path.is_dir()]
    return {
        "SKILLCHECK_PROJECT": str(project),
        "PYTHONPATH": ":".join(paths),
        "HOME": str(room),
        "TMPDIR": str(room),
    }


def _pytest(job: Job, task: Job, room: Path, writing: int) -> int:
    import pytest  # noqa: PLC0415 - only the child needs it
    from watching import Lines, Watcher  # type: ignore[import-not-found] # noqa: PLC0415 - beside this file

    root = Path(job["tests"] or room / "project")
    configured = ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
    settings = next((root / name for name in configured if (root / name).is_file()), os.devnull)
    plugins = [Watcher(writing, list(task["tests"]), measuring=task["measure"])]
    if task["measure"]:
        plugins.append(Lines(writing, room / "project", HERE / "measured"))
    arguments = ["-p", "no:cacheprovider", "--tb=short", "-q", "-c", str(settings), f"--rootdir={root}"]
    arguments += [f"--confcutdir={root}", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    arguments += [] if task["measure"] else ["-x"]
    arguments += [str(root / name) for name in task["modules"]]
    return int(pytest.main(arguments, plugins=plugins))


if __name__ == "__main__":
    sys.path[:0] = [str(HERE)]
    main(sys.argv[1])
