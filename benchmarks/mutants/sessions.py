"""Tasks → what their pytest sessions gave: some at a time, each batch in a sandbox of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from skillcheck.model import Environment, Unit
from skillcheck.runner.layout import write_project
from skillcheck.runner.sandbox import Limits, Sandbox, private_folder

INSIDE = Path(__file__).with_name("inside")
LIMITS = Limits(seconds=7200, memory=16384, files=4096, processes=2048)
FORKED_BADLY = frozenset({"pytest", "coverage", "watching"})
"""What each session imports for itself. So it does what has an underscore: `_asyncio` before asyncio breaks both."""


@dataclass(frozen=True, slots=True)
class Task:
    """A session: the files of the project that differ, the tests with the seconds each takes, and their modules."""

    id: str
    files: Mapping[str, str]
    tests: Mapping[str, float]
    modules: tuple[str, ...]
    measure: bool = False


@dataclass(frozen=True, slots=True)
class Sessions:
    """Where sessions run: the tests' folder (None for the project's own), the project, the environment, how many."""

    folder: Path | None
    files: tuple[Unit, ...]
    environment: Environment
    jobs: int

    def run(
        self, tasks: Sequence[Task], preload: Sequence[str], *, chunk: int
    ) -> Iterator[tuple[Task, dict[str, Any]]]:
        """Yield each task with what its session gave, as they end."""
        parts = [tasks[first : first + chunk] for first in range(0, len(tasks), chunk)]
        with ThreadPoolExecutor(self.jobs) as pool:
            for done in as_completed([pool.submit(self._batch, part, preload) for part in parts]):
                yield from done.result()

    def _batch(self, tasks: Sequence[Task], preload: Sequence[str]) -> list[tuple[Task, dict[str, Any]]]:
        with private_folder() as folder:
            job = self._laid_out(folder, tasks, preload)
            (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
            sandbox = Sandbox(self.environment.python, LIMITS, readable=self.environment.readable)
            argv = [sandbox.python, "-P", "-s", str(folder / "driver" / "driver.py"), str(folder / "job.json")]
            ended = sandbox.run(folder, {"kind": "command", "argv": argv})
            results = Path(job["results"])
            lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
            said = {found["id"]: found for found in map(json.loads, lines)}
        missing = [task.id for task in tasks if task.id not in said]
        if missing:
            message = f"the driver ended early, without {len(missing)} of {len(tasks)} tasks: {ended.output[-2000:]}"
            raise RuntimeError(message)
        return [(task, said[task.id]) for task in tasks]

    def _laid_out(self, folder: Path, tasks: Sequence[Task], preload: Sequence[str]) -> dict[str, Any]:
        (folder / "project").mkdir()
        write_project(folder / "project", self.files)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(INSIDE, folder / "driver", ignore=ignored)
        if self.folder is not None:
            shutil.copytree(self.folder, folder / "tests", ignore=ignored)
        return {
            "folder": str(folder),
            "project": str(folder / "project"),
            "tests": str(folder / "tests") if self.folder else "",
            "preload": [name for name in preload if name not in FORKED_BADLY and not name.startswith("_")],
            "results": str(folder / "results.jsonl"),
            "tasks": [asdict(task) for task in tasks],
        }
