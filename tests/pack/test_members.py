from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from skillcheck.model import Place, Skill, Snippet
from skillcheck.pack import left_out, members
from skillcheck.pack.frontmatter import NotReducibleError

Make = Callable[..., Skill]


def snippet(path: str, text: str = "x = 1\n") -> Snippet:
    return Snippet(path, text, Place("skills/pdf-forms/SKILL.md", 9))


def test_skill_md_comes_first_then_all_by_path(make: Make) -> None:
    skill = make({"scripts/fill.py": "#!/usr/bin/env python3\n", "LICENSE": "MIT", "references/b.md": "b"})
    found = members(skill, [snippet("b.py"), snippet("A.py")])
    assert [(path, executable) for path, _, executable in found] == [
        ("SKILL.md", False),
        ("LICENSE", False),
        ("references/b.md", False),
        ("scripts/fill.py", True),
        ("snippets/A.py", False),
        ("snippets/b.py", False),
    ]
    assert {path: content for path, content, _ in found}["snippets/b.py"] == b"x = 1\n"


def test_skill_md_is_reduced(make: Make) -> None:
    skill = make(skill_md="---\nname: a\nmodel: opus\n---\n")
    assert members(skill) == (("SKILL.md", b"---\nname: a\n---\n", False),)


def test_snippets_take_the_place_of_files_of_the_same_path(make: Make) -> None:
    skill = make({"snippets/a.py": "old", "snippets/own.py": "own"})
    found = {path: content for path, content, _ in members(skill, [snippet("a.py", "new")])}
    assert (found["snippets/a.py"], found["snippets/own.py"]) == (b"new", b"own")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (".env", "`.env` starts with a dot"),
        ("a/.git/config", "`.git` starts with a dot"),
        (".claude-plugin/plugin.json", "`.claude-plugin` starts with a dot"),
        ("scripts/__pycache__/a.cpython-311.pyc", "`__pycache__` does not belong in an upload"),
        ("node_modules/a/index.js", "`node_modules` does not belong in an upload"),
        ("evals/evals.json", "`evals` does not belong in an upload"),
        ("scripts/a.pyc", "compiled Python"),
    ],
)
def test_what_does_not_belong_stays_out(make: Make, path: str, reason: str) -> None:
    skill = make({path: "x"})
    assert left_out(skill) == ((path, reason),)
    assert [member for member, _, _ in members(skill)] == ["SKILL.md"]


@pytest.mark.parametrize("path", ["references/evals/a.md", "evals.md", "a.pycs", "references/node_modules.md", "a.b/c"])
def test_what_only_looks_like_it_goes_in(make: Make, path: str) -> None:
    skill = make({path: "x"})
    assert left_out(skill) == ()
    assert path in [member for member, _, _ in members(skill)]


def test_a_link_is_the_file_that_it_points_at(make: Make) -> None:
    skill = make({"LICENSE": "-> ../../LICENSE"})
    assert members(skill)[1] == ("LICENSE", b"-> ../../LICENSE", False)


@pytest.mark.parametrize("target", [".env", "../../.env", "../.git/config", "./evals/../evals/a"])
def test_a_link_does_not_bring_in_what_stays_out(make: Make, target: str) -> None:
    skill = make({"a": f"-> {target}"})
    assert [path for path, _ in left_out(skill)] == ["a"]


def test_snippets_that_do_not_belong_stay_out(make: Make) -> None:
    made = [snippet(".env"), snippet("skills/x/SKILL.md"), snippet("a.py")]
    assert left_out(make(), made) == (
        ("snippets/.env", "`.env` starts with a dot"),
        ("snippets/skills/x/SKILL.md", "an upload takes exactly one SKILL.md"),
    )
    assert [path for path, _, _ in members(make(), made)] == ["SKILL.md", "snippets/a.py"]


def test_what_cannot_be_read_raises(make: Make) -> None:
    with pytest.raises(PermissionError):
        members(make({"a": PermissionError(13, "no")}))
    with pytest.raises(NotReducibleError):
        members(make(skill_md="no frontmatter"))


def test_a_skill_without_skill_md_has_its_other_files(make: Make) -> None:
    skill = make({"a.md": "a"})
    without = replace(skill, files=skill.files[1:])
    assert members(without) == (("a.md", b"a", False),)
