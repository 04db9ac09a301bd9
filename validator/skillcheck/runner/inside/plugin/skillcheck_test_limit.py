"""A pytest plugin: notes which test runs, and ends a session in which one does not end.

What ends it is faulthandler's own thread, which needs no interpreter, and so is not held up by a loop in C.
"""

from __future__ import annotations

import faulthandler
import json
import os
from pathlib import Path
from typing import Any

OPTION = "--skillcheck-seconds"


def pytest_addoption(parser: Any) -> None:  # noqa: ANN401 - nothing of pytest is imported here
    """Take the seconds that a test may take."""
    parser.addoption(OPTION, type=float)


def pytest_configure(config: Any) -> None:  # noqa: ANN401
    """Begin to watch."""
    folder = Path(os.environ["SKILLCHECK_PROJECT"], ".skillcheck")
    config.pluginmanager.register(Watch(folder, config.getoption(OPTION)))


class Watch:
    """Holds two files of `folder`: `test` names the one that runs, `stack` where each thread was when time was up."""

    def __init__(self, folder: Path, seconds: float) -> None:
        """Open what no test may keep from being written later."""
        self.note = folder / "test"
        self.seconds = seconds
        self.stack = (folder / "stack").open("w", encoding="utf-8")

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        """Note the test with its setup and teardown, and begin its time."""
        self.note.write_text(json.dumps([nodeid, location[0], location[1]]), encoding="utf-8")
        faulthandler.dump_traceback_later(self.seconds, exit=True, file=self.stack)

    def pytest_runtest_logfinish(self) -> None:
        """Forget it."""
        faulthandler.cancel_dump_traceback_later()
        self.note.unlink(missing_ok=True)
