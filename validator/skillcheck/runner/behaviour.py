"""A skill's tests → how they ended, and which lines of its blocks they executed."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from skillcheck.model import Environment, Place, TestFailure, TestOutcome, TestRun, Unit
from skillcheck.runner.cache import Cache, around, recall_tests, remember_tests
from skillcheck.runner.halted import PLUGIN, SECONDS, halted, late
from skillcheck.runner.holding import expected, held
from skillcheck.runner.layout import Layout, Lines, import_paths, key, merge, write_project
from skillcheck.runner.reads import reads
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.scripts import HELD, prepare, traced

MESSAGE_LINES = 12
COVERAGE = """\
[run]
data_file = {folder}/.skillcheck/coverage
include = {folder}/*
parallel = true
patch = subprocess
concurrency = {concurrency}
disable_warnings = no-data-collected

[report]
ignore_errors = true
"""
"""What tests write into the project and delete again cannot be reported; the rest can."""
CONFIGURED_BY = ("pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
LIMITS = Limits(seconds=1800, memory=8192, files=4096, processes=1024)


@dataclass(frozen=True, slots=True)
class Suite:
    """Tests to run: a folder of the bundle's, shown as `shown`; or, without one, the example project's own tests."""

    shown: str
    folder: Path | None = None

    @property
    def place(self) -> Place:
        """The suite as a whole."""
        return Place(self.shown)


def is_test(path: str) -> bool:
    """Whether pytest would collect the file at `path`."""
    name = PurePosixPath(path).name
    return name.endswith(".py") and (name.startswith("test_") or name.endswith("_test.py"))


def run_suite(
    skill: str, suite: Suite, files: Sequence[Unit], environment: Environment, *, cache: Cache | None = None
) -> tuple[TestRun, Lines]:
    """Run `suite` in a private copy of the example project made of `files`; a session that passed is kept in `cache`.

    `environment` needs pytest and coverage. The tests find the project as working directory and in SKILLCHECK_PROJECT.
    """
    if cache is None:
        return _settled(skill, suite, files, environment)
    surroundings = around(environment, expected(environment.python, cache), (suite.folder,) if suite.folder else ())
    name = surroundings.suite_key(skill, suite.shown, files, LIMITS)
    known = recall_tests(cache, name, skill, suite.place) if name else None
    if known is not None:
        return known
    run, lines = _settled(skill, suite, files, environment)
    if name and held(environment.python) == surroundings.isolation:
        remember_tests(cache, surroundings, name, run, lines)
    else:
        cache.lose()
    return run, lines


def _settled(skill: str, suite: Suite, files: Sequence[Unit], environment: Environment) -> tuple[TestRun, Lines]:
    """Run the session, and again where a test did not end: CPython 3.11 itself can hang while lines are traced."""
    run, lines, is_late = _session(skill, suite, files, environment)
    return _session(skill, suite, files, environment)[:2] if is_late else (run, lines)


def _session(skill: str, suite: Suite, files: Sequence[Unit], environment: Environment) -> tuple[TestRun, Lines, bool]:
    with private_folder() as folder:
        written = write_project(folder, files)
        (folder / HELD).mkdir()
        noting = prepare(folder) if any(unit.language == "bash" for unit in files) else {}
        greenlets = any(line.startswith("greenlet==") for line in environment.lock)
        settings = COVERAGE.format(folder=folder, concurrency="thread,greenlet" if greenlets else "thread")
        (folder / ".skillcheck" / "coveragerc").write_text(settings, encoding="utf-8")
        paths = (*import_paths(folder), str(PLUGIN))
        variables = {"SKILLCHECK_PROJECT": str(folder), "PYTHONPATH": ":".join(paths)} | noting
        readable = (*environment.readable, *((str(suite.folder),) if suite.folder else ()))
        sandbox = Sandbox(environment.python, LIMITS, readable=readable, variables=variables)
        command = _command(sandbox, "run", "--rcfile=.skillcheck/coveragerc", *_pytest(suite, files, folder))
        with reads(written) as read:
            ended = sandbox.run(folder, command)
            lines = read()
        run = _test_run(skill, suite, folder, written, ended)
        merge(lines, _lines(folder, sandbox, written))
        merge(lines, Layout({}, written, frozenset()).lines(_traced(folder)))
        return run, lines, late(folder)


def _command(sandbox: Sandbox, *arguments: str) -> dict[str, Any]:
    return {"kind": "command", "argv": [sandbox.python, "-P", "-s", "-m", "coverage", *arguments]}


def _pytest(suite: Suite, files: Sequence[Unit], folder: Path) -> Iterator[str]:
    root = suite.folder or folder
    settings = next((root / name for name in CONFIGURED_BY if (root / name).is_file()), os.devnull)
    yield from ("-m", "pytest", "-p", "skillcheck_test_limit", f"--skillcheck-seconds={SECONDS:g}")
    yield from ("-p", "no:cacheprovider", "-o", "junit_family=xunit1", "--tb=short", "-q")
    yield "--junit-xml=.skillcheck/junit.xml"
    yield from ("-c", str(settings), f"--rootdir={root}", f"--confcutdir={root}")  # what is above cannot be read
    if suite.folder is None:
        yield from sorted(unit.path or "" for unit in files if is_test(unit.path or ""))
    else:
        yield str(suite.folder)


def _test_run(skill: str, suite: Suite, folder: Path, written: Mapping[str, tuple[Unit, ...]], ended: Ended) -> TestRun:
    root = _report(folder)
    if root is None and not ended.timeout:
        root = halted(folder, ended)
    if root is None:
        return TestRun(skill, suite.place, error=_why(ended))
    cases = list(root.iter("testcase"))
    failures = tuple(failure for case in cases for failure in _failure(case, suite, folder, written))
    names = {_name(case) for case in cases}  # a test that fails, and then in its teardown too, has two cases
    skipped = {_name(case) for case in cases if case.find("skipped") is not None}
    seconds = sum(float(found.get("time") or 0) for found in root.iter("testsuite"))
    error = "" if cases else "pytest collected no test"
    passed = names - skipped - {failure.name for failure in failures}
    return TestRun(skill, suite.place, len(passed), len(skipped), failures, seconds, error)


def _report(folder: Path) -> ET.Element | None:
    try:
        return ET.parse(folder / ".skillcheck" / "junit.xml").getroot()  # noqa: S314 - expat bounds entities itself
    except (OSError, ET.ParseError):
        return None


def _name(case: ET.Element) -> str:
    return f"{case.get('classname', '')}.{case.get('name', '')}".lstrip(".")


def _why(ended: Ended) -> str:
    if ended.timeout:
        return f"the tests do not end within {LIMITS.seconds:g} s"
    return "pytest could not run: " + " ".join(ended.output.strip().splitlines()[-3:])


def _failure(
    case: ET.Element, suite: Suite, folder: Path, written: Mapping[str, tuple[Unit, ...]]
) -> Iterator[TestFailure]:
    for tag, outcome in (("failure", TestOutcome.FAILED), ("error", TestOutcome.ERROR)):
        for told in case.iter(tag):
            text = (told.text or told.get("message") or "").replace(f"{folder}/", "")
            message = "\n".join(text.strip().splitlines()[-MESSAGE_LINES:])
            yield TestFailure(_name(case), outcome, message, _place(case, text, suite, folder, written))


def _place(case: ET.Element, told: str, suite: Suite, folder: Path, written: Mapping[str, tuple[Unit, ...]]) -> Place:
    """Return where a test failed in its own file, where it begins if what is told of it does not say that."""
    path = case.get("file") or ""
    stack = re.findall(rf"(?m)^(?:\S*/)?{re.escape(path)}:(\d+): in ", told) if path else []
    line = int(stack[-1]) if stack else int(case.get("line") or 0) + 1
    if suite.folder is not None:
        return Place(f"{suite.shown}/{path}", line) if path else suite.place
    found = written.get(str((folder / path).resolve()))
    if found is None:
        return suite.place
    block = found[0].block
    return Place(block.place.path, block.line + line - 1)


def _traced(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield file and line of each command of the shells that the tests started with their variable BASH_ENV."""
    for path, line in traced(folder):
        yield str((folder / path).resolve()), line


def _lines(folder: Path, sandbox: Sandbox, written: Mapping[str, tuple[Unit, ...]]) -> Lines:
    for arguments in (("combine", "-q"), ("json", "-q", "-o", ".skillcheck/coverage.json")):
        sandbox.run(folder, _command(sandbox, arguments[0], "--rcfile=.skillcheck/coveragerc", *arguments[1:]))
    try:
        told = json.loads((folder / ".skillcheck" / "coverage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # the session did not come far enough to measure anything, which its own result tells
    lines: Lines = {}
    for path, measured in told["files"].items():
        for unit in written.get(str((folder / path).resolve()), ()):
            lines[key(unit)] = {line + unit.block.line - 1 for line in measured["executed_lines"]}
    return lines
