from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.role import unit
from skillcheck.model import Role, Skill, Unit

MakeSkill = Callable[[str], Skill]


@pytest.fixture
def read(skill: MakeSkill) -> Callable[[str], Unit]:
    return lambda text: unit(skill(text).documents[0].blocks[0])


@pytest.mark.parametrize(
    ("fence", "reason"),
    [
        ("```\nx\n```", "no language"),
        ("```text\nx\n```", "text"),
        ("```mermaid\nx\n```", "a diagram"),
        ("```diff\nx\n```", "a diff"),
        ("```tree\nx\n```", "a tree"),
        ("```klingon\nx\n```", "klingon is neither parsed nor run"),
        ("```haskell\nmain = x\n```", "haskell is neither parsed nor run"),
        ("```python\n\n```", "nothing in it"),
        ("```pycon\n>>>1\n```", "a transcript"),
        ("```python\nIn [1]: 1\n```", "a transcript"),
        ("```python\n# BAD\nx = 1\n```", "a counter-example"),
        ("```python\n# Pseudocode\nx\n```", "pseudocode"),
        ("```python\nStore(source=None, **kwargs)\nStore.of(url, *args, **kwargs)\n```", "a signature"),
        (
            "```python\n# app/vulture_whitelist.py\nhandle  # unused\n```",
            "names that vulture reads, and nobody executes",
        ),
        ("```python\nx = <value>\n```", "a template"),
        ("```json\n// why\n{}\n```", "json with comments"),
        ("```python notest\nx = 1\n```", "`notest` in the info string"),
        ("```python,ignore\nx = 1\n```", "`ignore` in the info string"),
        ("```python {.no_run}\nx = 1\n```", "`no_run` in the info string"),
        ('<!-- skillcheck: skip reason="needs AWS" -->\n```python\nx = 1\n```', "needs AWS"),
        ("<!-- skillcheck: skip -->\n```python\nx = 1\n```", "skip"),
        ("<!-- skillcheck: output -->\n```json\n1\n```", "output"),
        ('<!-- skillcheck: skip="no key" -->\n```python\nx = 1\n```', "no key"),
        ("<!-- skillcheck: level=shown -->\n```python\nx = 1\n```", "level=shown"),
        ("<!-- skillcheck: level=shown file=a.py -->\n```python\nx = 1\n```", "level=shown"),
        ("<!-- skillcheck: raises=ValueError -->\n```haskell\nx\n```", "haskell is neither parsed nor run"),
    ],
)
def test_what_is_only_shown_says_why(read: Callable[[str], Unit], fence: str, reason: str) -> None:
    found = read(fence)
    assert (found.role, found.reason) == (Role.SHOWN, reason)


@pytest.mark.parametrize(
    ("fence", "language"),
    [
        ("```py\nx = 1\n```", "python"),
        ("```python\nthis is prose\n```", "python"),
        ('```python\n{"a": 1 |}\n```', "python"),
        ("```python\nf(a)\nf(**kwargs)\n```", "python"),
        ("```sh\nls\n```", "bash"),
        ("```json\n{}\n```", "json"),
        ("```yml\na: 1\n```", "yaml"),
        ("```toml\na = 1\n```", "toml"),
        ("```Dockerfile\nFROM x\n```", "dockerfile"),
        ("<!-- skillcheck: raises=ValueError -->\n```python\n# BAD\nx = 1\n```", "python"),
        ("<!-- skillcheck: run -->\n```python\nx = <value>\n```", "python"),
        ("<!-- skillcheck: level=parsed -->\n```python notest\nx = 1\n```", "python"),
    ],
)
def test_what_can_be_proven_is_a_script(read: Callable[[str], Unit], fence: str, language: str) -> None:
    found = read(fence)
    assert (found.role, found.language, found.reason, found.path) == (Role.SCRIPT, language, "", None)


@pytest.mark.parametrize(
    ("text", "kept", "column"),
    [
        ("    x = 1\n\n    if x:\n        y = 2\n", "x = 1\n\nif x:\n    y = 2\n", 5),
        ("    x = 1\ny = 2\n", "    x = 1\ny = 2\n", 1),
        ("    x = 1\n  y = 2\n", "    x = 1\n  y = 2\n", 1),
        ("    x = (\n", "    x = (\n", 1),
    ],
)
def test_what_was_cut_out_with_its_margin_is_read_without(
    read: Callable[[str], Unit], text: str, kept: str, column: int
) -> None:
    found = read(f"```python\n{text}```")
    assert (found.block.text, found.block.column) == (kept, column)


@pytest.mark.parametrize(
    ("fence", "language", "path"),
    [
        ("```python\n# src/a.py\nx = 1\n```", "python", "src/a.py"),
        ("```ts\n// src/a.ts\nlet x\n```", "typescript", "src/a.ts"),
        ("```python\n# lib/BUILD\npython_sources()\n```", "starlark", "lib/BUILD"),
        ("```python\n# rules.bzl\nx = 1\n```", "starlark", "rules.bzl"),
        ("```json\n// a.json\n{}\n```", "jsonc", "a.json"),
        ("<!-- skillcheck: file=a.py -->\n```python\nx = 1\n```", "python", "a.py"),
        ("<!-- skillcheck: file=./a.py -->\n```python\nx = 1\n```", "python", "a.py"),
        ("<!-- skillcheck: file=a.toml -->\n```\nx = 1\n```", "toml", "a.toml"),
        ("<!-- skillcheck: file=notes -->\n```text\nx\n```", "", "notes"),
        ('<!-- skillcheck: title="b.py" -->\n```python\n# a.py\n```', "python", "b.py"),
    ],
)
def test_what_names_its_path_is_a_file(read: Callable[[str], Unit], fence: str, language: str, path: str) -> None:
    found = read(fence)
    assert (found.role, found.language, found.path) == (Role.FILE, language, path)


def test_a_file_may_still_be_a_counter_example(read: Callable[[str], Unit]) -> None:
    assert read("Bad:\n\n```python\n# src/a.py\nx = 1\n```").reason == "a counter-example"


def test_a_title_that_is_a_sentence_is_no_path(read: Callable[[str], Unit]) -> None:
    found = read('<!-- skillcheck: title="Create the app" -->\n```python\nx = 1\n```')
    assert (found.role, found.faults) == (Role.SCRIPT, ())


def test_a_path_that_leaves_the_project_is_a_fault(read: Callable[[str], Unit]) -> None:
    found = read("<!-- skillcheck: file=../a.py -->\n```python\nx = 1\n```")
    assert found.role is Role.SCRIPT
    assert [(str(fault.place), fault.fact) for fault in found.faults] == [
        ("demo/SKILL.md:1:1", "`file=../a.py` does not stay inside the example project")
    ]
