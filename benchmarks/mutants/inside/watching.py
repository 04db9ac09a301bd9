"""The pytest plugins of a session: what it does is written to a pipe, a JSON object a line."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest


def tell(writing: int, **event: object) -> None:
    """Write an event."""
    data = json.dumps(event).encode() + b"\n"
    while data:
        data = data[os.write(writing, data) :]


class Watcher:
    """Keeps of the collected tests those that are wanted, in their order, and tells how each begins and ends."""

    def __init__(self, writing: int, wanted: list[str], *, measuring: bool) -> None:
        """Want these tests, all of them while measuring."""
        self.writing, self.measuring = writing, measuring
        self.ranks = {name: rank for rank, name in enumerate(wanted)}
        self.seconds: dict[str, float] = defaultdict(float)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Choose and order the tests."""
        if not self.measuring:
            chosen = [item for item in items if item.nodeid in self.ranks]
            config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in self.ranks])
            items[:] = sorted(chosen, key=lambda item: self.ranks[item.nodeid])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Tell what cannot be collected."""
        if report.failed:
            tell(self.writing, failed=report.nodeid or "collection", why=str(report.longrepr)[-400:])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Tell that a test begins."""
        tell(self.writing, start=nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Tell how a test ended."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            tell(self.writing, failed=report.nodeid, why=str(report.longrepr)[-400:])
        if report.skipped:
            tell(self.writing, skipped=report.nodeid)
        if report.when == "teardown":
            tell(self.writing, ended=report.nodeid, seconds=self.seconds[report.nodeid])

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Tell the status."""
        tell(self.writing, finished=int(exitstatus))


class Lines:
    """Measures which lines of the project each test executes, in this process and in those that it starts."""

    def __init__(self, writing: int, project: Path, measured: Path) -> None:
        """Begin to measure."""
        self.writing, self.project = writing, project
        self.data = project.parent / "lines"
        self.settings: dict[str, Any] = {
            "include": [f"{project}/*"],
            "concurrency": ["thread", *(["greenlet"] if importlib.util.find_spec("greenlet") else [])],
        }
        os.environ |= {
            "MUTANTS_DATA": str(self.data),
            "MUTANTS_SETTINGS": json.dumps(self.settings),
            "MUTANTS_TEST": "",
        }
        os.environ["PYTHONPATH"] = f"{measured}:{os.environ['PYTHONPATH']}"
        _inherit(measured)
        self.coverage = coverage.Coverage(data_file=str(self.data), config_file=False, messages=False, **self.settings)
        self.coverage.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Count what is executed as this test's."""
        self.coverage.switch_context(item.nodeid)
        os.environ["MUTANTS_TEST"] = item.nodeid
        try:
            return (yield)
        finally:
            os.environ["MUTANTS_TEST"] = ""
            self.coverage.switch_context("")

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Tell the lines of each test: `here` in this process, `there` in others."""
        self.coverage.stop()
        self.coverage.save()
        for where, paths in (("here", [str(self.data)]), ("there", map(str, self.data.parent.glob("lines.*")))):
            found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
            for path in paths:
                self._read(path, found)
            for test, files in found.items():
                tell(self.writing, where=where, test=test, lines={name: sorted(each) for name, each in files.items()})
        tell(self.writing, modules=sorted({name.partition(".")[0] for name in sys.modules}))

    def _read(self, path: str, found: dict[str, dict[str, set[int]]]) -> None:
        data = coverage.CoverageData(path)
        data.read()
        for name in data.measured_files():
            relative = os.path.relpath(name, self.project)
            for line, tests in data.contexts_by_lineno(name).items():
                for test in tests:
                    found[test][relative].add(line)


def _inherit(measured: Path) -> None:
    """Have each process measure itself that is started with an environment of its own."""
    start = subprocess.Popen.__init__

    def started(process: Any, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as it is called
        if options.get("env") is not None:
            env = dict(options["env"])
            env |= {name: value for name, value in os.environ.items() if name.startswith("MUTANTS_")}
            env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(measured), env.get("PYTHONPATH", "")]))
            options["env"] = env
        start(process, *arguments, **options)

    subprocess.Popen.__init__ = started  # type: ignore[assignment, method-assign] # what the tests call cannot be told otherwise
