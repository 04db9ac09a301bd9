"""The whole command, killed at some moment: nothing goes on, and the next run is right."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FRONTMATTER = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
START = "import subprocess, time\nsubprocess.Popen(['sleep', '{number}'], start_new_session=True)"
BLOCK = f"```python\n{START}\n{{last}}\n```\n\n"
Ends = Callable[[str], bool]


def command(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - this interpreter
        [sys.executable, "-P", "-m", "skillcheck", "run", str(folder), "-j", "2"],
        env=os.environ | {"SKILLCHECK_CACHE": str(folder.parent / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def held(cache: Path) -> Iterator[Path]:
    """Yield the locks that somebody still holds."""
    for lock in cache.rglob("*.lock"):
        with lock.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield lock


@pytest.mark.parametrize("seconds", [0.3, 0.7, 1.0, 1.5, 2.0, 2.5])
def test_nothing_goes_on_and_the_next_run_is_right(tmp_path: Path, ends: Ends, seconds: float) -> None:
    skill, number = tmp_path / "demo", f"{secrets.randbelow(10**6) + 10**6}.5"
    skill.mkdir()
    document = skill / "SKILL.md"
    document.write_text(FRONTMATTER + BLOCK.format(number=number, last="time.sleep(60)") * 6, encoding="utf-8")
    running = command(skill)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert ends(number)
    assert "skillcheck-" not in Path("/proc/self/mounts").read_text(encoding="utf-8")
    assert not list(held(tmp_path / "cache"))
    document.write_text(FRONTMATTER + BLOCK.format(number=number, last="time.sleep(0)") * 6, encoding="utf-8")
    again = command(skill)
    assert "6 blocks: 6 covered" in again.communicate()[0]
    assert again.returncode == 0
    assert ends(number)
