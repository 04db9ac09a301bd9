"""Waiting for a process, where it can be told of its end and where it cannot."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from skillcheck.runner.waiting import wait


@pytest.fixture(params=["told", "asked"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "asked":
        monkeypatch.delattr(os, "pidfd_open")


def started(text: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", text])  # noqa: S603 - this interpreter


@pytest.mark.usefixtures("way")
def test_the_status_is_that_of_the_process() -> None:
    with started("raise SystemExit(3)") as process:
        assert wait(process, 60) == 3
        assert wait(process, 0) == 3


@pytest.mark.usefixtures("way")
def test_what_goes_on_is_told() -> None:
    with started("import time; time.sleep(60)") as process:
        with pytest.raises(subprocess.TimeoutExpired):
            wait(process, 0.01)
        process.kill()
        assert wait(process, 60) == -9
