"""Markdown -> what the runner says of its blocks, in an environment that holds nothing."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from skillcheck.blocks import programs, units
from skillcheck.environments import prepare
from skillcheck.load import load
from skillcheck.model import Environment, Program, Result, TestRun, Unit
from skillcheck.runner import Options, Proof, Suite, prove, run_suite
from skillcheck.runner.layout import Lines
from skillcheck.runner.sandbox import INSIDE, Ended, Limits, Sandbox, private_folder

FRONTMATTER = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
Markdown = str | Mapping[str, str]
Read = Callable[[Markdown], tuple[Unit, ...]]
Laid = Callable[[Markdown], tuple[Program, ...]]
Proved = Callable[..., Proof]
Tested = Callable[..., tuple[TestRun, Lines]]
Ran = Callable[..., Ended]
Outlives = Callable[[Callable[[], object], str], bool]
Inside = Callable[[str], ModuleType]


def fenced(*blocks: str) -> str:
    """Return a document of Python blocks, each below a heading of its own."""
    return "\n".join(f"# Part {number}\n\n```python\n{block.strip()}\n```\n" for number, block in enumerate(blocks))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    environment = prepare((), cache=tmp_path_factory.getbasetemp() / "cache")
    assert not environment.error
    return environment


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Write a skill's documents and return its units."""
    monkeypatch.chdir(tmp_path)

    def read(documents: Markdown) -> tuple[Unit, ...]:
        texts = {"SKILL.md": documents} if isinstance(documents, str) else dict(documents)
        for name, text in texts.items():
            path = tmp_path / "demo" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(FRONTMATTER + text if name == "SKILL.md" else text, encoding="utf-8")
        return units(load(["demo"]).skills[0])

    return read


@pytest.fixture
def tested(read: Read, equipped: Environment, tmp_path: Path) -> Tested:
    """Write a skill and tests beside it, and run these."""

    def tested(
        document: str, tests: dict[str, str] | None = None, environment: Environment = equipped
    ) -> tuple[TestRun, Lines]:
        files = [unit for unit in read(document) if unit.path]
        if tests is None:
            return run_suite("demo", Suite("demo/SKILL.md"), files, environment)
        folder = tmp_path / "around" / "tests"
        for name, text in tests.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return run_suite("demo", Suite("around/tests", folder), files, environment)

    return tested


@pytest.fixture
def laid(read: Read) -> Laid:
    """Write a skill's documents and return its programs."""
    return lambda documents: programs(read(documents))


@pytest.fixture
def proved(read: Read, bare: Environment) -> Proved:
    """Write a skill's documents and prove its blocks."""

    def proved(documents: Markdown, options: Options | None = None, environment: Environment = bare) -> Proof:
        found = read(documents)
        return prove("demo", found, programs(found), environment, options)

    return proved


@pytest.fixture
def ran(bare: Environment) -> Ran:
    """Run Python text as one program."""

    def ran(text: str, limits: Limits | None = None, *, network: bool = False) -> Ended:
        with private_folder() as folder:
            segment = {"file": str(folder / "program.py"), "line": 1, "text": text}
            job = {"kind": "script", "segments": [segment], "path": [str(folder)], "watch": [f"{folder}/"]}
            return Sandbox(bare.python, limits or Limits(seconds=20), network).run(folder, job)

    return ran


@pytest.fixture
def namespaces(ran: Ran) -> None:
    """Skip where this machine gives an unprivileged process no namespaces."""
    if "namespaces" not in ran("pass").isolation:
        pytest.skip("no user namespaces on this machine")


@pytest.fixture
def landlock(ran: Ran) -> None:
    """Skip where this machine has no Landlock."""
    if "landlock" not in ran("pass").isolation:
        pytest.skip("no Landlock on this machine")


@pytest.fixture(scope="session")
def inside() -> Inside:
    """Load a module of the folder that another interpreter runs, as if this were that interpreter."""

    def inside(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, INSIDE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "path", [str(INSIDE), *sys.path])
            spec.loader.exec_module(module)
        sys.modules.pop("lines", None)
        return module

    return inside


def only(proof: Proof) -> Result:
    """Return the one result of a proof."""
    (result,) = proof.results
    return result


@pytest.fixture(scope="session")
def outlives() -> Outlives:
    """Have a process of its own call something, kill it when a marked process runs, and tell whether that goes on."""

    def outlives(call: Callable[[], object], marker: str) -> bool:
        child = os.fork()
        if child == 0:
            try:
                call()
            finally:  # else what it raises has this process go on with the tests
                os._exit(0)
        assert _eventually(lambda: _is_running(marker))
        os.kill(child, 9)
        os.waitpid(child, 0)
        return not _eventually(lambda: not _is_running(marker))

    return outlives


def _eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


@pytest.fixture(scope="session")
def ends() -> Callable[[str], bool]:
    """Tell whether all processes end that have a word on their command line."""
    return lambda word: _eventually(lambda: not _is_running(word))


def _is_running(word: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said = path.read_bytes()
        except OSError:
            continue
        if word.encode() in said.split(b"\0"):
            return True
    return False
