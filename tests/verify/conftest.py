"""A made skill in a project of its own, and environments without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.environments import prepare
from skillcheck.model import Environment, Requirement
from skillcheck.verify import proving

SKILL = """\
---
name: adding
description: Adds numbers. Use when numbers have to be added.
---
# Adding

```python
# src/app/sums.py
def add(a, b):
    return a + b
```

## Using it

```python
from app.sums import add

print(add(1, 2))
```

```json
{"numbers": [1, 2]}
```
"""
CONFIG = '[skills.adding]\ncategory = "development"\n'
TEST = "from app.sums import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n"
Project = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Write files below an empty project that is the working directory, the made skill among them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_NO_INDEX", "1")

    def project(files: Mapping[str, str] | None = None) -> Path:
        for name, text in ({"skills/adding/SKILL.md": SKILL, "skillcheck.toml": CONFIG} | dict(files or {})).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return project


@pytest.fixture
def own_tools(equipped: Environment, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Let tests run in an environment that needs no network; return what was asked to be installed."""
    asked: list[tuple[str, ...]] = []

    def prepared(
        requirements: Sequence[Requirement], *, python: str | None = None, partly: bool = False, **_: object
    ) -> Environment:
        texts = tuple(requirement.text for requirement in requirements)
        asked.append(texts)
        if any(text.startswith("pytest") for text in texts):
            return replace(equipped, requirements=tuple(requirements))
        return prepare(requirements, python=python, partly=partly)

    monkeypatch.setattr(proving, "prepare", prepared)
    return asked
