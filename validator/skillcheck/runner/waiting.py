"""A process → its exit status, as soon as it has one."""

from __future__ import annotations

import os
import select
import subprocess


def wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Return the exit status of `process`; raise TimeoutExpired if it still runs after `seconds`.

    `Popen.wait` with a timeout sleeps for up to 50 ms between looks, which is longer than most programs take.
    """
    told = process.returncode is None and hasattr(os, "pidfd_open")  # Linux
    return process.wait(0 if told and not _ends(process.pid, seconds) else seconds)


def _ends(pid: int, seconds: float) -> bool:
    handle = os.pidfd_open(pid)
    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(handle)
