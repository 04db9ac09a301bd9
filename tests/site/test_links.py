from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Document
from skillcheck.site.links import SAFE, Targets, external

TARGETS = Targets(
    {"SKILL.md": "doc0", "references/a b.md": "doc1"},
    {"SKILL.md": frozenset({"use"}), "references/a b.md": frozenset({"é"})},
    frozenset({"SKILL.md", "scripts/run.py", "references/a b.md"}),
    "https://github.com/o/r/blob/HEAD/forms",
)
FIRST, SECOND = Document("SKILL.md", "SKILL.md", ""), Document("a b.md", "references/a b.md", "")


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("#use", "#doc0-use"),
        ("#nowhere", ""),
        ("references/a%20b.md", "#doc1"),
        ("references/a%20b.md#%C3%A9", "#doc1-%C3%A9"),
        ("references/a%20b.md#nowhere", "#doc1"),
        ("scripts/run.py", "https://github.com/o/r/blob/HEAD/forms/scripts/run.py"),
        ("scripts/none.py", ""),
        ("../../etc/passwd", ""),
        ("//evil.example", ""),
        ("/absolute", ""),
        ("a\tb", ""),
        ("a\\b", ""),
        ("https://a.example/?q=1#x", "https://a.example/?q=1#x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("JaVaScript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vscode://open", ""),
        ("https://[", ""),
        ("https://a.example/\nx", ""),
    ],
)
def test_where_a_link_leads(target: str, address: str) -> None:
    assert TARGETS.resolve(target, FIRST) == address


def test_a_link_is_relative_to_its_document() -> None:
    assert TARGETS.resolve("../SKILL.md#use", SECOND) == "#doc0-use"
    assert Targets({"SKILL.md": "doc0"}, {"SKILL.md": frozenset()}).resolve("scripts/run.py", FIRST) == ""


@given(st.text() | st.from_regex(r"[a-zA-Z:/\\\s]{0,12}:.{0,9}", fullmatch=True))
def test_no_link_has_another_scheme(target: str) -> None:
    address = TARGETS.resolve(target, FIRST)
    assert address == "" or address.startswith("#") or urlsplit(address).scheme.lower() in SAFE
    assert external(target) in {"", target}
