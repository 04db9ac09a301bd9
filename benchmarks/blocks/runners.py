"""The runners that are compared: how each is called, and how what it writes is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.blocks.corpus import Corpus
from benchmarks.blocks.verdicts import Told, by_files, by_items, by_report, by_tracebacks

REFERENCE: Final = "pytest-markdown-docs"
OURS: Final = "skillcheck"
CACHED: Final = "skillcheck, all cached"

EXAMPLES = """\
import pytest
from pytest_examples import CodeExample, EvalExample, find_examples


@pytest.mark.parametrize("example", find_examples("skill"), ids=str)
def test_example(example: CodeExample, eval_example: EvalExample) -> None:
    eval_example.run(example)
"""

SYBIL = """\
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()
"""

MKTESTDOCS = """\
from pathlib import Path

import pytest
from mktestdocs import check_md_file


@pytest.mark.parametrize("path", sorted(Path("skill").rglob("*.md")), ids=str)
def test_file(path: Path) -> None:
    check_md_file(fpath=path)
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a call needs to know: the peers' interpreter and ours, its folder, how many jobs, and our cache."""

    peers: Path
    own: Path
    folder: Path
    jobs: int
    cache: Path


@dataclass(frozen=True, slots=True)
class Runner:
    """A way of running a skill's blocks.

    `isolation` is what a block is held by; `adapters` are the files it needs beside `skill/`. `note` is what a
    reader should know of the call; `warm` asks for a call before all others, which fills caches.
    """

    name: str
    isolation: str
    command: Callable[[Setting], list[str]]
    told: Callable[[str, Corpus], Told]
    adapters: tuple[tuple[str, str], ...] = ()
    note: str = ""
    warm: bool = False

    @property
    def distribution(self) -> str:
        """The distribution that is installed for it."""
        return "claude-skillcheck" if self.name.startswith(OURS) else self.name


def _pytest(*arguments: str) -> Callable[[Setting], list[str]]:
    common = ["-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider"]
    return lambda setting: [str(setting.peers), *common, *arguments]


def _doccmd(setting: Setting) -> list[str]:
    command = [str(setting.peers.with_name("doccmd")), "--language", "python", "--command", str(setting.peers)]
    named = ["--temporary-file-name-template", "{prefix}_{source}_l{line}_{unique}{suffix}"]
    workers = ["--no-write-to-file", "--example-workers", str(setting.jobs)]
    options = ["--continue-on-error", "--no-respect-gitignore", "--use-pty", "no"]
    return [*command, *named, *workers, *options, "skill"]


def own_arguments(jobs: int) -> list[str]:
    """Return what skillcheck is called with, but for what is run."""
    return ["run", "--format", "json", "--jobs", str(jobs)]


def _skillcheck(*arguments: str) -> Callable[[Setting], list[str]]:
    return lambda setting: [str(setting.own), "-m", "skillcheck", *own_arguments(setting.jobs), *arguments, "skill"]


PEERS: Final = (
    Runner(
        REFERENCE,
        "in-process",
        _pytest("-p", "pytest_markdown_docs.plugin", "--markdown-docs", "skill"),
        by_items,
    ),
    Runner(
        "pytest-codeblocks",
        "in-process",
        _pytest("-p", "pytest_codeblocks.plugin", "--codeblocks", "skill"),
        by_items,
    ),
    Runner(
        "mktestdocs",
        "in-process",
        _pytest("test_mktestdocs.py"),
        by_files,
        (("test_mktestdocs.py", MKTESTDOCS),),
        "an item is a file, which its first failure ends; the blocks behind it are never run",
    ),
    Runner(
        "pytest-examples",
        "in-process",
        _pytest("-p", "pytest_examples", "--tb=line", "test_examples.py"),
        by_items,
        (("test_examples.py", EXAMPLES),),
        "called with --tb=line, since with pytest's default it ends at the first failure with an internal error",
    ),
    Runner(
        "sybil",
        "in-process, shared state",
        _pytest("skill"),
        by_items,
        (("conftest.py", SYBIL),),
    ),
    Runner("doccmd", "process", _doccmd, by_tracebacks),
)


def ours(*, cache: bool) -> tuple[Runner, ...]:
    """Return skillcheck without its cache and, where it keeps one, with every result cached."""
    held = "process"
    plain = Runner(OURS, held, _skillcheck(*(["--no-cache"] if cache else [])), by_report, warm=True)
    return (plain, Runner(CACHED, held, _skillcheck(), by_report, warm=True)) if cache else (plain,)
