from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.grants import MOST, split
from skillcheck.load.source import Source
from skillcheck.model import FaultKind, Grant


def grants(yaml: str) -> tuple[Grant, ...]:
    top, _ = frontmatter(Source("f", f"---\nallowed-tools: {yaml}\n---\n"))
    return top.grants


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" , ,", []),
        ("Read", ["Read"]),
        ("Read, Write Edit", ["Read", "Write", "Edit"]),
        ("Bash(git:*, x y) Read", ["Bash(git:*, x y)", "Read"]),
        ("Bash(a (b) c) Read", ["Bash(a (b)", "c)", "Read"]),
        ("Bash(a, Read", ["Bash(a, Read"]),
    ],
)
def test_split_knows_parentheses_that_do_not_nest(text: str, parts: list[str]) -> None:
    assert list(split(text)) == parts


@pytest.mark.parametrize(
    ("text", "tool", "specifier", "malformed"),
    [
        ("Read", "Read", None, None),
        ("mcp__a__*", "mcp__a__*", None, None),
        ("Bash(git:*)", "Bash", "git:*", None),
        ("Read()", "Read", "", None),
        (r"Bash(a\(b\))", "Bash", "a(b)", None),
        (r"Bash(a\\)", "Bash", "a\\", None),
        ("Bash(a(b)c)", "Bash", "a(b)c", None),
        ("Bash(git", "Bash", "git", "the parenthesis is never closed"),
        (r"Bash(git\)", "Bash", r"git\)", "the parenthesis is never closed"),
        ("Bash(a)b", "Bash", "a", "`b` follows the closing parenthesis"),
        ("Bash(a))", "Bash", "a)", "one `)` of 2 closes no parenthesis"),
        ("Bash(a(b)))", "Bash", "a(b))", "one `)` of 3 closes no parenthesis"),
        (r"Bash(a\))", "Bash", "a)", None),
        ("(a)", "", "a", "no tool stands before the parenthesis"),
        ("a)b(c)", "a)b", "c", "`)` stands before the opening parenthesis"),
        ("a)", "a)", None, "`)` closes no parenthesis"),
    ],
)
def test_the_grammar_of_one_grant(text: str, tool: str, specifier: str | None, malformed: str | None) -> None:
    (grant,) = grants(f"'{text}'")
    assert (grant.text, grant.tool, grant.specifier, grant.malformed) == (text, tool, specifier, malformed)


@pytest.mark.parametrize(
    ("yaml", "places"),
    [
        ("Read, Bash(a b)", ["2:16", "2:22"]),
        ('"Read Read"', ["2:17", "2:22"]),
        ("[Read, 'Write Edit']", ["2:17", "2:24", "2:30"]),
        ("\n- Read\n-  Write", ["3:3", "4:4"]),
        (">-\n  Read,\n  Bash(a b)", ["3:3", "4:3"]),
        (">-\n  Read Bash(a\n  b)", ["3:3", "3:8"]),
        ('"Bash(\\x41)"', ["2:17"]),
        ('"\\x41 Read"', ["2:16", "2:22"]),
        ("'(a''b)'", ["2:16"]),
    ],
)
def test_places_are_exact_where_the_text_stands_as_written(yaml: str, places: list[str]) -> None:
    assert [str(grant.place) for grant in grants(yaml)] == [f"f:{place}" for place in places]


def test_a_line_break_separates_nothing() -> None:
    (grant,) = grants("|\n  Read\n  Write")
    assert grant.malformed == "a line break does not separate tools, a comma or a space does"
    (called,) = grants("|\n  Read\n  Bash(a)")
    assert called.malformed == "a line break does not separate tools, a comma or a space does"


@pytest.mark.parametrize(("blank", "kind"), [("\\t", "a tab"), ("\\u2003", "U+2003")])
def test_no_other_blank_separates_tools(blank: str, kind: str) -> None:
    (grant,) = grants(f'"Read{blank}Write"')
    assert grant.malformed == f"{kind} does not separate tools, a comma or a space does"


def test_empty_entries_are_malformed() -> None:
    assert [grant.malformed for grant in grants('["", Read]')] == ["an empty entry grants nothing", None]
    assert [grant.malformed for grant in grants('""')] == ["an empty entry grants nothing"]


@pytest.mark.parametrize("yaml", ["", "3", "{a: b}", "[1, {a: b}]"])
def test_other_types_grant_nothing(yaml: str) -> None:
    assert grants(yaml) == ()


def test_a_list_in_a_block_of_text_is_one_mistake() -> None:
    source = Source("f", "---\nallowed-tools: |\n  - Read\n  - Write\n---\n")
    top, _ = frontmatter(source)
    (grant,) = top.grants
    assert (grant.text, str(grant.place)) == ("- Read", "f:3:3")
    assert grant.malformed


def test_fields_are_told_apart() -> None:
    top, _ = frontmatter(Source("f", "---\nallowed-tools: Read\ndisallowed-tools: [Write]\n---\n"))
    assert [(grant.text, grant.field, grant.is_granted) for grant in top.grants] == [
        ("Read", "allowed-tools", True),
        ("Write", "disallowed-tools", False),
    ]


def test_no_more_entries_are_read_than_anyone_writes() -> None:
    top, _ = frontmatter(Source("f", f"---\nallowed-tools: {'Read ' * MOST}\ndisallowed-tools: Write\n---\n"))
    assert (len(top.grants), top.faults) == (MOST + 1, ())
    more = [f"T{number}" for number in range(MOST + 9)]
    top, _ = frontmatter(Source("f", f"---\ndisallowed-tools: Read\nallowed-tools: {' '.join(more)}\n---\n"))
    assert [grant.text for grant in top.grants] == [*more[: MOST + 1], "Read"]
    (fault,) = top.faults
    assert (fault.kind, fault.fact) == (
        FaultKind.TOO_LARGE,
        "`allowed-tools` holds more than the 1,000 entries that are read",
    )
    assert fault.place == top.grants[MOST].place
