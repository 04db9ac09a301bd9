"""A process → its exit status, as soon as it has one."""

from __future__ import annotations

import os
import select
import subprocess


def wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Return the exit status of `process`; raise TimeoutExpired if it still runs after `seconds`.

    `Popen.wait` with a timeout sleeps for up to 50 ms between looks, which is longer than most programs take.
    """
    if process.returncode is None and hasattr(os, "pidfd_open"):  # Linux
        handle = os.pidfd_open(process.pid)
        try:
            poll = select.poll()
            poll.register(handle, select.POLLIN)
            ready = poll.poll(seconds * 1000)
        finally:
            os.close(handle)
        return process.wait(None if ready else 0)
    return process.wait(seconds)
