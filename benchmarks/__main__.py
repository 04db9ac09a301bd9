"""What skillcheck costs: start-up, reading, and each block, as medians of a few runs; never part of the tests."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from skillcheck.environments import prepare
from skillcheck.runner.sandbox import Sandbox, private_folder

ROOT = Path(__file__).parents[1]
RUNS = 7


def main() -> None:
    """Print each measurement in milliseconds."""
    command = [sys.executable, "-m", "skillcheck"]
    _print("bare python", lambda: _call([sys.executable, "-c", ""]))
    _print("skillcheck --version", lambda: _call([*command, "--version"]))
    _print("skillcheck check, one skill", lambda: _call([*command, "check", str(ROOT / "skills")]))
    with tempfile.TemporaryDirectory() as cache:
        sandbox = Sandbox(prepare((), cache=Path(cache)).python)
        _print("an empty block, held as tightly as possible", lambda: _empty_block(sandbox))


def _print(what: str, work: Callable[[], None]) -> None:
    spent = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - begin))
    print(f"{what:45} {statistics.median(spent):8.1f} ms")  # noqa: T201 - what a benchmark is for


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - arguments from here


def _empty_block(sandbox: Sandbox) -> None:
    with private_folder() as folder:
        path = folder / "block.py"
        path.write_text("pass\n", encoding="utf-8")
        segments = [{"file": str(path), "line": 1, "text": "pass\n"}]
        sandbox.run(folder, {"kind": "script", "path": [str(folder)], "segments": segments, "watch": [str(folder)]})


if __name__ == "__main__":
    main()
