"""A cache, an environment that looks like one, and sources that stand for the runner's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.model import Block, Directive, Environment, Place, Program, Role, Segment, Unit
from skillcheck.runner.cache import Around, Cache, around, surroundings
from skillcheck.runner.cache.keys import stamps

HELD = ("namespaces", "landlock")


@pytest.fixture(autouse=True)
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one file that stands for the runner's own, so that editing these does not disturb a test."""
    path = tmp_path / "sources.py"
    path.write_text("runner = 1\n", encoding="utf-8")
    monkeypatch.setattr(surroundings, "SOURCES", (path,))
    monkeypatch.setattr(surroundings, "BEGUN", stamps((path,)))
    surroundings._distributions.cache_clear()
    return path


def _environment(folder: Path) -> Environment:
    """Make what a virtual environment looks like to one who doesn't run it."""
    site = folder / "lib" / "python3.11" / "site-packages"
    info = site / "demo-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "RECORD").write_text("demo.py,sha256=abc,10\n../../../bin/demo,sha256=x,1\n", encoding="utf-8")
    (site / "virtual.pth").write_text("import virtual\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text("include-system-site-packages = false\n", encoding="utf-8")
    (folder / "bin").mkdir()
    python = folder / "bin" / "python"
    python.write_bytes(b"interpreter")
    os.utime(python, ns=(10**18, 10**18))
    return Environment(str(python), "3.11.7", lock=("demo==1.0",))


@pytest.fixture
def environment_in() -> Callable[[Path], Environment]:
    """Make an environment in a folder."""
    return _environment


def _block(index: int, text: str, **options: str) -> Block:
    return Block(
        "SKILL.md", index, "python", "python", text, 10 + index, 1, Place("demo/SKILL.md"), (), "", Directive(options)
    )


def _program(text: str = "print(x)\n", **options: str) -> Program:
    first = Unit(_block(0, "x = 1\n"), Role.SCRIPT, "python", snippet="first.py")
    file = Unit(_block(1, "y = 1\n"), Role.FILE, "python", "src/app.py")
    unit = Unit(_block(2, text, **options), Role.CONTINUATION, "python", snippet="own.py")
    segments = tuple(Segment(part, "demo/SKILL.md", part.block.line, part.block.text) for part in (first, unit))
    return Program(unit, (first,), (file,), segments=segments)


@pytest.fixture
def program_of() -> Callable[..., Program]:
    """Make a program of a text and the options of its block's directive."""
    return _program


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return _environment(tmp_path / "environment")


@pytest.fixture
def here(environment: Environment) -> Around:
    return around(environment, HELD)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def tests_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tests"
    (folder / "deep").mkdir(parents=True)
    (folder / "test_a.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "deep" / "data.txt").write_text("1", encoding="utf-8")
    return folder
