from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import FunctionType

import pytest

import skillcheck
from skillcheck import verify as public_verify
from skillcheck.lint import lint
from skillcheck.load import load
from skillcheck.pack import pack
from skillcheck.reporters import render
from skillcheck.verify import verify

HEAVY = {
    "click",
    "jsonschema",
    "markdown_it",
    "yaml",
    "typing",
    "importlib.metadata",
    "dataclasses",
    "skillcheck.model",
}


def said(code: str) -> str:
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - a fixed command


def test_what_is_public_is_what_the_rooms_have() -> None:
    assert (skillcheck.load, skillcheck.lint, skillcheck.pack, skillcheck.render) == (load, lint, pack, render)
    assert skillcheck.verify is public_verify is verify
    assert skillcheck.__version__ == version("claude-skillcheck")


@pytest.mark.parametrize("name", skillcheck.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(skillcheck, name)
    assert name in dir(skillcheck)


def test_the_public_names_are_sorted_and_each_named_once() -> None:
    assert skillcheck.__all__ == sorted(set(skillcheck.__all__))
    assert set(skillcheck._ROOMS) <= set(skillcheck.__all__)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'skillcheck' has no attribute 'lints'"):
        _ = skillcheck.lints


@pytest.mark.parametrize(
    "code",
    [
        "from skillcheck.verify import Stages",
        "import skillcheck.lint, skillcheck.load, skillcheck.pack, skillcheck.verify",
        "from skillcheck import verify",
        "from skillcheck import facts, model, Config",
    ],
)
def test_a_function_is_never_replaced_by_its_module(code: str) -> None:
    names = "skillcheck.load, skillcheck.lint, skillcheck.verify, skillcheck.pack"
    types = said(f"{code}\nimport skillcheck\nprint({{type(found).__name__ for found in ({names})}})")
    assert types == str({FunctionType.__name__})


def test_modules_and_other_values_can_be_bound() -> None:
    code = "import skillcheck\nskillcheck.load = 1\nfrom skillcheck import facts\n"
    assert said(f"{code}print(skillcheck.load, skillcheck.facts is facts)") == "1 True"


def test_importing_it_imports_next_to_nothing() -> None:
    bare = set(said("import sys; print(*sys.modules)").split())
    added = set(said("import sys, skillcheck; print(*sys.modules)").split()) - bare
    assert {name for name in added if name.startswith("skillcheck")} == {"skillcheck"}
    assert not added & HEAVY


def test_a_skill_can_be_linted(tmp_path: Path) -> None:
    (tmp_path / "SKILL.md").write_text("no frontmatter", encoding="utf-8")
    report = skillcheck.lint([tmp_path], skillcheck.Config(tmp_path))
    assert report.failed
    assert skillcheck.render(report).endswith("warnings\n")
