from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.load import load
from skillcheck.load.ignores import ignored
from skillcheck.load.source import Source
from skillcheck.model import FaultKind, Ignore, Skill

TOP = "---\nname: demo\ndescription: d\n---\n"


def read(folder: Path, text: str) -> Skill:
    (folder / "demo").mkdir(exist_ok=True)
    (folder / "demo/SKILL.md").write_text(text)
    (skill,) = load([folder / "demo"]).skills
    return skill


def spans(skill: Skill) -> list[tuple[tuple[str, ...], str, int, int, int, int]]:
    return [
        (each.codes, each.reason, each.place.line, each.place.column, each.first, each.last)
        for each in skill.documents[0].ignores
    ]


@pytest.mark.parametrize(
    ("text", "codes", "reason", "column", "first", "last"),
    [
        ("text <!-- skillcheck: ignore SK401 gone on purpose --> more\n", ("SK401",), "gone on purpose", 6, 5, 5),
        ("<!-- skillcheck: ignore SK401 -->\n\n\ntext\nmore\n", ("SK401",), "", 1, 5, 8),
        ("<!--skillcheck:ignore SK4, SK113 SK2-->\ntext\n", ("SK4", "SK113", "SK2"), "", 1, 5, 6),
        ("<!-- skillcheck: ignore SK8: needs a key -->\n```python\na\nb\n```\n", ("SK8",), "needs a key", 1, 5, 9),
        ("<!-- skillcheck: ignore SK4\n  why\n  so -->\ntext\n", ("SK4",), "why so", 1, 5, 8),
        ("<!-- skillcheck: ignore SK4 -->\n", ("SK4",), "", 1, 5, 5),
        ("<!-- Skillcheck: ignore SK4 why -->\ntext\n", ("SK4",), "why", 1, 5, 6),
    ],
)
def test_a_comment_of_the_text_is_about_what_follows(  # noqa: PLR0913, PLR0917 - a column each
    tmp_path: Path, text: str, codes: tuple[str, ...], reason: str, column: int, first: int, last: int
) -> None:
    assert spans(read(tmp_path, TOP + text)) == [(codes, reason, 5, column, first, last)]


@pytest.mark.parametrize(
    ("top", "told"),
    [
        ("name: x # skillcheck: ignore SK113 old name\n", (("SK113",), "old name", 2, 9, 2, 2)),
        ("name: x # SkillCheck: ignore SK113 old name\n", (("SK113",), "old name", 2, 9, 2, 2)),
        ("# skillcheck: ignore SK409\nname: x\n", (("SK409",), "", 2, 1, 1, 3)),
        ("name: x\n  # skillcheck: ignore SK1 so  \ndescription: d\n", (("SK1",), "so", 3, 3, 3, 4)),
    ],
)
def test_a_comment_of_the_frontmatter_is_about_its_line_or_the_next(
    tmp_path: Path, top: str, told: tuple[tuple[str, ...], str, int, int, int, int]
) -> None:
    assert spans(read(tmp_path, f"---\n{top}---\ntext\n")) == [told]


@pytest.mark.parametrize("text", ["`<!-- skillcheck: ignore SK4 -->`\n", "```\n<!-- skillcheck: ignore SK4 -->\n```\n"])
def test_a_comment_that_is_shown_asks_for_nothing(tmp_path: Path, text: str) -> None:
    assert spans(read(tmp_path, f"{TOP}{text}")) == []
    assert spans(read(tmp_path, f"---\nname: a#skillcheck: ignore SK4\n---\n{text}")) == []


@pytest.mark.parametrize("rest", ["", " all of it", " sk401", " SK4011"])
def test_a_comment_without_a_code_is_a_fault(tmp_path: Path, rest: str) -> None:
    skill = read(tmp_path, f"{TOP}<!-- skillcheck: ignore{rest} -->\ntext\n")
    assert [(fault.kind, fault.place.line) for fault in skill.faults] == [(FaultKind.BAD_DIRECTIVE, 5)]
    assert skill.documents[0].ignores == ()


@given(st.lists(st.sampled_from(["#", " skillcheck", ":", " ignore", " SK", "401", "\n", "x", " "])).map("".join))
def test_any_frontmatter_is_read(text: str) -> None:
    source = Source("p", f"---\n{text}\n---\n")
    ignores, _ = ignored(source, len(source.lines), (), ())
    for each in ignores:
        assert isinstance(each, Ignore)
        assert 0 < each.first <= each.place.line <= each.last
