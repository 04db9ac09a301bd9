from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import extent, frontmatter, is_frontmatter
from skillcheck.load.source import Source
from skillcheck.model import FaultKind, Frontmatter, Json, Place


def read(text: str) -> tuple[Frontmatter, int]:
    return frontmatter(Source("s/SKILL.md", text))


@pytest.mark.parametrize(
    ("text", "value", "body_line"),
    [
        ("---\na: b\n---\nbody", {"a": "b"}, 4),
        ("---\r\na: b\r\n---\r\nbody", {"a": "b"}, 4),
        ("--- \t\n\na: b\n---", {"a": "b"}, 5),
        ("---\na: b\n---   \nbody", {"a": "b"}, 4),
        ("---\na: b\n  ---\nbody", {"a": "b"}, 4),
        ("---\na: b\n----\nbody", {"a": "b"}, 4),
        ("---\u00a0\na: b\n---", {"a": "b"}, 4),
        ("---\n# c\na: b\n---", {"a": "b"}, 5),
        ("---\na: b -- c\n---", {"a": "b -- c"}, 4),
        ("---\n---\nbody", {}, 3),
    ],
)
def test_delimiters_are_those_of_the_client(text: str, value: dict[str, Json], body_line: int) -> None:
    top, line = read(text)
    assert (top.data.value, line, top.faults) == (value, body_line, ())
    assert top.place == Place("s/SKILL.md", 1, 1, 1, 4)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("# Title\n", "the file has no frontmatter: line 1 is not `---`"),
        ("\n# Title\n", "the file has no frontmatter: line 2 is not `---`"),
        ("\n---\na: b\n---", "the frontmatter opens on line 2, not on line 1"),
        ("----\na: b\n---", "line 1 is `----`, not `---`"),
        ("--- # x\na: b\n---", "line 1 is `--- # x`, not `---`"),
        ("---\na: b\n", "the frontmatter that line 1 opens is never closed"),
        ("---\ra: b\r---\r", "lines end in a carriage return alone, so no frontmatter is found"),
        ("\ufeff---\na: b\n---", "a second byte order mark stands before the first `---`"),
    ],
)
def test_missing_frontmatter_says_why(text: str, fact: str) -> None:
    top, line = read(text)
    (fault,) = top.faults
    assert (fault.kind, fault.place, fault.fact, line) == (FaultKind.NO_FRONTMATTER, Place("s/SKILL.md"), fact, 1)
    assert top.data.mapping() == {}


def test_dashes_in_a_value_end_the_frontmatter_there() -> None:
    top, line = read("---\na: x --- y\nb: c\n---\nbody")
    (fault,) = top.faults
    assert (top.data.value, line) == ({"a": "x"}, 3)
    assert (fault.kind, fault.place) == (FaultKind.BAD_YAML, Place("s/SKILL.md", 2, 6, 2, 9))


def test_dashes_in_a_value_that_is_repaired_are_what_is_told() -> None:
    top, _ = read("---\na: @x\nb: y --- z\n---\nbody")
    assert (top.data.value, top.repaired, len(top.faults)) == ({"a": "@x", "b": "y"}, False, 1)


def test_what_is_refused_before_the_value_with_dashes_is_told_too() -> None:
    top, _ = read('---\na b:"c"\nname: a --- b\n---\nbody')
    assert [(fault.kind, f"{fault.place}") for fault in top.faults] == [
        (FaultKind.BAD_YAML, "s/SKILL.md:3:9"),
        (FaultKind.BAD_YAML, "s/SKILL.md:3:5"),
    ]


def test_dashes_in_quotes_are_told_instead_of_the_quote() -> None:
    top, _ = read('---\na: "x --- y"\n---\nbody')
    (fault,) = top.faults
    assert (
        fault.fact
        == '`---` after `a: "x` ends the frontmatter in the middle of the line, and what is left of it is no YAML'
    )


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("---\n- a\n---", "a list"),
        ("---\nfoo\n---", "the single value `foo`"),
    ],
)
def test_what_is_no_mapping_is_told(text: str, shape: str) -> None:
    top, _ = read(text)
    (fault,) = top.faults
    assert fault.kind is FaultKind.NOT_A_MAPPING
    assert fault.fact == f"the frontmatter is {shape}, not `key: value` pairs"
    assert top.data.mapping() == {}
    assert top.data.place().line == 2


def test_bad_yaml_that_the_client_repairs_keeps_its_fault() -> None:
    top, _ = read("---\nname: a\ndescription: Use: this\nallowed-tools: Read\n---")
    assert top.repaired
    assert top.data.value == {"name": "a", "description": "Use: this", "allowed-tools": "Read"}
    assert [(fault.kind, str(fault.place)) for fault in top.faults] == [(FaultKind.BAD_YAML, "s/SKILL.md:3:17")]
    assert [str(grant.place) for grant in top.grants] == ["s/SKILL.md:4:16"]


def test_bad_yaml_that_nobody_repairs_gives_no_data() -> None:
    top, line = read("---\nname: a\nname: # c\n\tb: c\n---\nbody")
    assert (top.repaired, top.data.value, line) == (False, {}, 6)
    assert top.data.place("name") == top.data.place()


def test_a_document_that_ends_at_once_is_empty() -> None:
    top, _ = read("---\n...\n---\nbody")
    assert (top.repaired, top.data.value) == (True, {})


def test_text_between_two_rules_is_no_frontmatter() -> None:
    for text, expected in (
        ("---\na: b\n---\n", True),
        ("---\n\n# Title\n\n---\n", False),
        ("---\na: b: c\n---\n", False),
    ):
        source = Source("a.md", text)
        found = extent(source)
        assert found is not None
        assert is_frontmatter(found) is expected
