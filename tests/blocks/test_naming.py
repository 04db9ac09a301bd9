from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks import units
from skillcheck.blocks.sections import slug
from skillcheck.model import Skill

MakeSkill = Callable[[str | Mapping[str, str]], Skill]


def names(skill: Skill) -> list[str]:
    return [unit.snippet for unit in units(skill)]


def fence(text: str = "x", language: str = "python") -> str:
    return f"\n```{language}\n{text}\n```\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Error handling", "error-handling"),
        ("  The `app` factory: v2!  ", "the-app-factory-v2"),
        ("Don't — stop", "dont-stop"),
        ("Café", "cafe"),
        ("CON", "con-block"),
        ("com1", "com1-block"),
        ("a - b", "a-b"),
        ("snake_case", "snake_case"),
        ("", ""),
        ("!!!", ""),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_slug_is_a_name_that_every_system_takes(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_letters_without_ascii_form_are_told_apart() -> None:
    assert re.fullmatch("[0-9a-f]{6}", slug("设置"))
    assert re.fullmatch("a-[0-9a-f]{6}", slug("设置 A"))
    assert slug("设置 A") != slug("配置 A")
    assert len(slug("设" + "x" * 80)) == 60


def test_a_block_is_named_after_its_heading_and_counted_by_language(skill: MakeSkill) -> None:
    text = "# Error handling\n" + fence() + fence("ls", "bash") + fence() + fence("?", "text") + fence("?", "klingon")
    assert names(skill(text)) == [
        "error-handling.py",
        "error-handling.sh",
        "error-handling-2.py",
        "error-handling.txt",
        "error-handling-2.txt",
    ]


def test_a_name_that_could_be_imported_is_always_numbered(skill: MakeSkill) -> None:
    assert names(skill("# Logging\n" + fence() + fence() + fence("ls", "bash"))) == [
        "logging-1.py",
        "logging-2.py",
        "logging.sh",
    ]


def test_a_block_before_any_heading_has_a_name(skill: MakeSkill) -> None:
    assert names(skill(fence("ls", "bash") + "# !!!\n" + fence("ls", "bash"))) == ["start_2.sh", "start.sh"]


def test_another_documents_blocks_lie_in_its_folder(skill: MakeSkill) -> None:
    texts = {"SKILL.md": "# A b\n" + fence(), "references/errors.md": "# A b\n" + fence(), "docs/errors.md": fence()}
    assert names(skill(texts)) == ["a-b.py", "errors/a-b.py", "docs-errors/start-1.py"]


def test_documents_whose_names_say_nothing_are_numbered(skill: MakeSkill) -> None:
    texts = {"SKILL.md": "", "!.md": fence("ls", "bash"), "?.md": fence("ls", "bash")}
    assert names(skill(texts)) == ["document-1/start.sh", "document-2/start.sh"]


def test_equal_headings_are_told_apart_by_their_parents(skill: MakeSkill) -> None:
    text = "# Top\n## One\n### Example\n" + fence() + "## Two\n### Example\n" + fence() + "### Example\n" + fence()
    assert names(skill(text)) == ["example-1.py", "two-example.py", "top-two-example.py"]
    again = "# A\n## B c\n" + fence() + "## B c\n" + fence() + "## B c\n" + fence() + "## B c\n" + fence()
    assert names(skill(again)) == ["b-c.py", "a-b-c.py", "a-b-c_2.py", "a-b-c_3.py"]


def test_a_number_never_takes_the_name_of_a_heading(skill: MakeSkill) -> None:
    text = "# Use it\n" + fence() + fence() + "# Use it 2\n" + fence()
    assert names(skill(text)) == ["use-it.py", "use-it--2.py", "use-it-2.py"]


def test_a_file_has_its_own_path_and_the_first_version_keeps_it(skill: MakeSkill) -> None:
    text = "# Use it\n" + fence("# src/a.py") + fence("# src/a.py") + fence("# SRC/A.py") + fence()
    assert names(skill(text)) == ["src/a.py", "use-it.py", "use-it-2.py", "use-it-3.py"]


def test_no_block_takes_the_name_of_a_file(skill: MakeSkill) -> None:
    text = "# Use it\n" + fence() + "# Other\n" + fence("# use-it.py") + fence("# use-it-1.py")
    assert names(skill(text)) == ["use-it--1.py", "use-it.py", "use-it-1.py"]


def test_the_manifest_and_the_documents_folders_are_taken(skill: MakeSkill) -> None:
    text = "# The top\n" + fence("// manifest.json\n{}", "json") + "<!-- skillcheck: file=a -->" + fence()
    assert names(skill({"SKILL.md": text, "references/a.md": fence()})) == [
        "the-top.jsonc",
        "the-top.py",
        "a/start-1.py",
    ]


@pytest.mark.parametrize(("first", "second"), [("a.py", "a.py/b.py"), ("a.py/b.py", "a.py")])
def test_a_file_lies_neither_below_nor_above_another(skill: MakeSkill, first: str, second: str) -> None:
    text = "# The top\n" + "".join(f"<!-- skillcheck: file={path} -->" + fence() for path in (first, second))
    assert names(skill(text)) == [first, "the-top.py"]


HEADINGS = st.lists(st.sampled_from(["Use", "Use it", "use it 2", "Über", "con", "!"]), min_size=1, max_size=6)
PIECES = st.lists(st.sampled_from([fence(), fence("ls", "bash"), fence("# use.py"), fence("?", "")]), max_size=3)


@given(headings=HEADINGS, data=st.data())
def test_names_are_unique_and_survive_an_edit_elsewhere(
    skill: MakeSkill, headings: list[str], data: st.DataObject
) -> None:
    sections = [(f"# {heading}\n", data.draw(PIECES)) for heading in headings]
    before = names(skill("".join(heading + "".join(pieces) for heading, pieces in sections)))
    assert len({name.casefold() for name in before}) == len(before)
    edited = data.draw(st.integers(0, len(sections) - 1))
    start = sum(len(pieces) for _, pieces in sections[:edited])
    sections[edited][1].append(fence("ls", "bash"))
    after = names(skill("".join(heading + "".join(pieces) for heading, pieces in sections)))
    end = start + len(sections[edited][1])
    assert after[: end - 1] + after[end:] == before
