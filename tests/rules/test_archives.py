"""Archives, as claude.ai's upload answers them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from skillcheck import facts
from skillcheck.load import load
from skillcheck.model import Archive, Data, Fault, FaultKind, File, Finding, Frontmatter, Place, Skill
from skillcheck.rules import judge, nodes


def archive(*paths: str, size: int = 1, faults: tuple[Fault, ...] = ()) -> Archive:
    members = tuple(File(path, Place(f"forms.zip/{path}"), 1, bytes) for path in paths)
    return Archive("forms.zip", size, members, faults)


@pytest.mark.parametrize(
    ("paths", "codes", "message"),
    [
        (["forms/SKILL.md", "forms/references/a.md"], [], None),
        (["forms/SKILL.md", "__MACOSX/forms/._SKILL.md"], ["SK610"], "the archive holds __MACOSX/forms/._SKILL.md"),
        (["SKILL.md"], ["SK606"], "SKILL.md lies at SKILL.md, expected exactly one folder above it"),
        (["a/forms/SKILL.md"], ["SK606"], "SKILL.md lies at a/forms/SKILL.md"),
        (
            ["forms/SKILL.md", "README.md"],
            ["SK604"],
            "the archive holds 2 files and folders at its top, expected one folder: README.md, forms",
        ),
        (["forms/skill.md"], ["SK605"], "the archive holds 0 SKILL.md, expected exactly one"),
        (
            ["a/b/SKILL.md", "a/c/SKILL.md"],
            ["SK605"],
            "the archive holds 2 SKILL.md, expected exactly one: a/b/SKILL.md, a/c/SKILL.md",
        ),
        (
            ["forms/SKILL.md", "forms/.claude-plugin/plugin.json"],
            ["SK607"],
            "the archive holds the plugin manifest forms/.claude-plugin/plugin.json",
        ),
        (["forms/SKILL.md", "forms/a:b.md"], ["SK608"], "the name 'forms/a:b.md' holds ':'"),
        (["forms/SKILL.md", "forms/a\nb.md"], ["SK608"], "the name 'forms/a\\nb.md' holds '\\n'"),
        (["forms/SKILL.md", "forms/.env"], ["SK610"], "the archive holds forms/.env"),
        (["forms/SKILL.md", "forms/a.pyc"], ["SK610"], "the archive holds forms/a.pyc"),
        (["forms/SKILL.md", "forms/__pycache__/a"], ["SK610"], "the archive holds forms/__pycache__/a"),
    ],
)
def test_members(paths: list[str], codes: list[str], message: str | None) -> None:
    found = list(judge([archive(*paths)]))
    assert sorted(finding.code for finding in found) == codes
    assert message is None or any(finding.message.startswith(message) for finding in found)


def test_an_archive_that_could_not_be_read_is_told_once() -> None:
    fault = Fault(FaultKind.BAD_ARCHIVE, Place("forms.zip"), "no ZIP", "pack it again")
    assert list(judge([archive(faults=(fault,))])) == []


def test_a_name_that_is_told_as_unsafe_is_told_once() -> None:
    fault = Fault(
        FaultKind.UNSAFE_MEMBER, Place("forms.zip/forms/a:\nb.md"), "it holds a control character", "rename it"
    )
    found = judge([archive("forms/SKILL.md", "forms/a:\nb.md", "forms/c:d.md", faults=(fault,))])
    assert [(finding.code, finding.place.path) for finding in found] == [("SK608", "forms.zip/forms/c:d.md")]
    assert [finding.code for finding in judge([fault])] == ["SK602"]


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["SK609"])])
def test_size(more: int, codes: list[str]) -> None:
    found = list(judge([archive("forms/SKILL.md", size=facts.upload().max_bytes + more)]))
    assert [finding.code for finding in found] == codes


@pytest.mark.parametrize(("more", "codes"), [(0, []), (1, ["SK609"])])
def test_what_is_inside_counts_as_well(more: int, codes: list[str]) -> None:
    half = facts.upload().max_bytes // 2
    members = (("forms/SKILL.md", half), ("forms/a.md", half + more))
    files = tuple(File(path, Place(f"forms.zip/{path}"), size, bytes) for path, size in members)
    assert [finding.code for finding in judge([Archive("forms.zip", 1, files)])] == codes


def packed(location: str) -> list[Finding]:
    place = Place("forms/SKILL.md")
    fields = {"name": "forms", "description": "Fills forms when asked to fill.", "argument-hint": "x"}
    frontmatter = Frontmatter(Data(dict(fields), {(): place}), place)
    return list(judge([Skill("forms", "forms", location, frontmatter, ())]))


def test_a_field_of_claude_code_is_refused_in_an_archive_alone() -> None:
    assert [finding.code for finding in packed("")] == ["SK611"]
    assert [finding.code for finding in packed("/forms")] == ["SK109"]


@pytest.mark.parametrize(("path", "expected"), [("SKILL.md", ["SK606"]), ("other/SKILL.md", ["SK113"])])
def test_a_skill_at_the_top_of_an_archive_has_no_folder_to_be_named_by(
    tmp_path: Path, path: str, expected: list[str]
) -> None:
    text = "---\nname: forms\ndescription: Fills PDF forms. Use when the user asks to fill a form.\n---\n\nFill.\n"
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as made:
        made.writestr(path, text)
    found = judge(nodes(load([tmp_path / "packed.zip"])))
    assert [finding.code for finding in found] == expected
