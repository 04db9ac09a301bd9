"""Markdown → an entry of a site, read as the command reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from skillcheck.blocks import units
from skillcheck.load import load
from skillcheck.site import Entry

MakeEntry = Callable[..., Entry]


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeEntry:
    """Make an entry of the texts of a skill's files; a lone text is its SKILL.md."""
    monkeypatch.chdir(tmp_path)

    def entry(texts: str | dict[str, str], **more: Any) -> Entry:  # noqa: ANN401 - any field of an entry
        for name, text in ({"SKILL.md": texts} if isinstance(texts, str) else texts).items():
            path = tmp_path / "forms" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        (skill,) = load(["forms"]).skills
        return Entry(skill, units(skill), **more)

    return entry
