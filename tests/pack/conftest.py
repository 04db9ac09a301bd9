from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pytest
import yaml

from skillcheck.model import Data, File, Frontmatter, Place, Skill

Make = Callable[..., Skill]
SKILL_MD = "---\nname: pdf-forms\ndescription: Fills forms. Use when asked to.\n---\n# PDF\n"


@pytest.fixture
def make() -> Make:
    """Make a skill from texts by path; a value that starts with `-> ` is a link's target, an error is raised."""
    return _skill


def _skill(files: Mapping[str, str | bytes | OSError] | None = None, skill_md: str | bytes = SKILL_MD) -> Skill:
    every: dict[str, str | bytes | OSError] = {"SKILL.md": skill_md, **(files or {})}
    text = skill_md if isinstance(skill_md, str) else skill_md.decode("utf-8", "replace")
    data: Any = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}
    place = Place("skills/pdf-forms/SKILL.md")
    return Skill(
        path="skills/pdf-forms",
        folder="pdf-forms",
        location="/repo/skills/pdf-forms",
        frontmatter=Frontmatter(Data(data, {(): place, ("name",): Place(place.path, 2, 7)}), place),
        documents=(),
        files=tuple(_file(path, content) for path, content in every.items()),
    )


def _file(path: str, content: str | bytes | OSError) -> File:
    target = content[3:] if isinstance(content, str) and content.startswith("-> ") else None
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    size = 0 if isinstance(raw, OSError) else len(raw)
    executable = isinstance(raw, bytes) and raw.startswith(b"#!")
    return File(path, Place(f"skills/pdf-forms/{path}"), size, partial(_read, raw), executable, target)


def _read(content: bytes | OSError) -> bytes:
    if isinstance(content, OSError):
        raise content
    return content
