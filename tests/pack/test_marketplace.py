from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skillcheck.model import Json, Skill
from skillcheck.pack import Entry, marketplace

Make = Callable[..., Skill]
ROOT = Path("/repo")
OWNER = {"name": "Ada", "email": "ada@example.org"}


def plugin(skill: Skill, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on
    text = marketplace([skill], root=arguments.pop("root", ROOT), name="m", owner=OWNER, **arguments)
    found: dict[str, Any] = json.loads(text)["plugins"][0]
    return found


def test_the_whole_file(make: Make, snapshot: Callable[[str, str], None]) -> None:
    one = make(skill_md="---\nname: pdf-forms\nlicense: MIT\ndescription: |\n  Füllt forms.\n  Use when asked.\n---\n")
    two = replace(make(skill_md="---\nname: a\ndescription: b\n---\n"), location="/repo/skills/other")
    entry = Entry("0.2.0", {"name": "Grace"}, ("pdf", "forms"), "documents")
    snapshot(
        "marketplace",
        marketplace(
            [one, two],
            root=ROOT,
            name="my-skills",
            owner=OWNER,
            description="What I use",
            version="1.0.0",
            entries={"pdf-forms": entry, "unknown": Entry("9")},
        ),
    )


def test_the_order_of_the_skills_does_not_matter(make: Make) -> None:
    skills = [
        make(),
        replace(make(skill_md="---\nname: a\n---\n"), path="b"),
        replace(make(skill_md="---\nname: a\n---\n"), path="a"),
    ]
    texts = {marketplace(found, root=ROOT, name="m", owner=OWNER) for found in (skills, skills[::-1])}
    assert len(texts) == 1


def test_the_frontmatter_may_say_version_and_author(make: Make) -> None:
    skill = make(skill_md='---\nname: a\nmetadata:\n  version: "3.1"\n  author: Ada\n---\n')
    found = plugin(skill, version="1.0")
    assert (found["version"], found["author"]) == ("3.1", {"name": "Ada"})
    assert "license" not in found


def test_the_marketplace_stands_in_for_version_and_author(make: Make) -> None:
    skill = make(skill_md="---\nname: a\nlicense: [1]\nmetadata:\n  version: 3.1\n  author: [x]\n---\n")
    found = plugin(skill, version="1.0")
    assert (found["version"], found["author"]) == ("1.0", OWNER)
    assert "license" not in found


def test_metadata_of_another_kind_is_passed_over(make: Make) -> None:
    assert plugin(make(skill_md="---\nname: a\nmetadata: x\n---\n"))["author"] == OWNER


def test_sources_are_told_from_the_root(make: Make) -> None:
    assert plugin(make())["source"] == "./skills/pdf-forms"
    assert plugin(make(), root=Path("/repo/skills/pdf-forms"))["source"] == "./"
    assert plugin(make(), root=Path("/elsewhere"))["source"] == "./skills/pdf-forms"


def test_half_a_character_stays_writable(make: Make) -> None:
    skill = make(skill_md='---\nname: a\ndescription: "x\\ud800y é"\n---\n')
    text = marketplace([skill], root=ROOT, name="m", owner=OWNER)
    assert "x\\ud800y é" in text
    assert json.loads(text.encode())["plugins"][0]["description"] == "x\ud800y é"


def test_an_empty_marketplace_still_has_its_required_keys() -> None:
    text = marketplace([], root=ROOT, name="m", owner={})
    assert json.loads(text) == {
        "$schema": "https://json.schemastore.org/claude-code-marketplace.json",
        "name": "m",
        "owner": {},
        "plugins": [],
    }


def test_a_marketplace_without_description_names_its_plugins(make: Make) -> None:
    assert json.loads(marketplace([make()], root=ROOT, name="m", owner=OWNER))["description"] == "pdf-forms"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"source": "github", "repo": "o/{name}", "ref": "v{version}"}, {"repo": "o/pdf-forms", "ref": "v2"}),
        ({"source": "url", "url": "https://git.example/x.git", "sha": "a" * 40}, {"url": "https://git.example/x.git"}),
        ({"source": "git-subdir", "url": "https://git.example/x", "path": "{path}"}, {"path": "skills/pdf-forms"}),
        (
            {"source": "npm", "package": "@o/{name}", "version": "{version}"},
            {"package": "@o/pdf-forms", "version": "2"},
        ),
        (
            {"source": "archive", "url": "https://x.example/{name}-{other}.zip"},
            {"url": "https://x.example/pdf-forms-{other}.zip"},
        ),
        ({"source": "command", "command": "find {name}", "timeout": 5}, {"command": "find pdf-forms", "timeout": 5}),
    ],
)
def test_a_plugin_may_come_from_elsewhere(make: Make, source: dict[str, Json], expected: dict[str, Json]) -> None:
    found = plugin(make(), entries={"pdf-forms": Entry("2", source=source)})["source"]
    assert found == source | expected


def test_the_root_is_a_path_as_well(make: Make) -> None:
    skill = replace(make(), location="/repo")
    found = plugin(skill, entries={"pdf-forms": Entry(source={"source": "git-subdir", "path": "{path}"})})
    assert found["source"]["path"] == "."
    assert plugin(skill)["source"] == "./"
