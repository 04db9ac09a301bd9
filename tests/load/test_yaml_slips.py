"""Slips of YAML: told where they were made, with a remedy of their own."""

from __future__ import annotations

import pytest

from skillcheck.load.frontmatter import frontmatter
from skillcheck.load.source import Source


@pytest.mark.parametrize(
    ("yaml", "place", "fact"),
    [
        ("license:MIT", "3:9", "no space stands after `license:`"),
        ("license:MIT\nmodel: x", "3:9", "no space stands after `license:`"),
        ("license:\u00a0MIT", "3:9", "U+00A0 stands after `license:` where a space belongs"),
        ("license\uff1aMIT", "3:8", "`\uff1a` (U+FF1A) stands after `license` where `:` belongs"),
        ("license = MIT", "3:9", "`=` stands after `license` where `:` belongs"),
        ("license => MIT\nmodel: x", "3:9", "`=>` stands after `license` where `:` belongs"),
        ("total = 3", "3:1", "`total = 3` is no `key: value` pair"),
        (" license: MIT", "3:2", "`license:` is indented, so YAML takes it for more of the field above"),
        ('license: "a \\q"', "3:13", "`\\q` in double quotes is no escape of YAML"),
        ('license: "C:\\Users"', "3:13", "`\\U` in double quotes is no escape of YAML"),
        ("license: |MIT", "3:10", "`|` begins a block, and text follows it on its line"),
        ("license: > MIT", "3:10", "`>` begins a block, and text follows it on its line"),
        ("%YAML 1.2\nlicense: x", "3:1", "`%YAML 1.2` begins with `%`, which YAML reserves for directives"),
        ("...\nlicense: x", "3:1", "`...` ends the YAML, but more of it follows"),
        ("metadata: " + "[" * 120 + "]" * 120, "3:110", "values nested deeper than 100 levels"),
        ("  Use it when: x", "3:14", "unquoted `: ` in the value of `name`"),
        ("foo\uff1abar", "3:4", "`\uff1a` (U+FF1A) stands after `foo` where `:` belongs"),
        ("foo:bar", "3:1", "`foo:bar` is no `key: value` pair"),
    ],
)
def test_slips(yaml: str, place: str, fact: str) -> None:
    top, _ = frontmatter(Source("f", f"---\nname: forms\n{yaml}\n---\n"))
    (fault,) = top.faults
    assert (str(fault.place), fault.fact) == (f"f:{place}", fact)
    assert fault.remedy


def test_a_slip_in_a_list() -> None:
    top, _ = frontmatter(Source("f", "---\n- a\n...\n- b\n---\n"))
    assert [str(fault.place) for fault in top.faults] == ["f:3:1"]
