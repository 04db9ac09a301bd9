from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.load.leads import leads
from skillcheck.load.markdown import document
from skillcheck.load.source import Source

FILES = ("a.md", "b c.md", "README.md", "SKILL.md", "in/SKILL.md", "refs/a.md", "refs/b.md", "refs/deep/c.MD")
MADE = ("templates/t.md", "assets/t.md", "refs/README.md")


def led(text: str, relative: str = "SKILL.md") -> list[str]:
    read, _ = document(Source(relative, text), relative, 1)
    return list(dict.fromkeys(leads(read, (*FILES, *MADE))))


@pytest.mark.parametrize(
    "text",
    [
        "[b](refs/b.md)",
        "[b](./refs/b.md#x)",
        "[b]({baseDir}/refs/b.md)",
        "See `refs/b.md`.",
        "See `./refs/b.md#fields`.",
        "Read refs/b.md, then go on.",
        "- **refs/b.md** - the fields",
        "See (refs/b.md).",
        "Read `${CLAUDE_SKILL_DIR}/refs/b.md` first",
        "Read `<SKILL_DIR>/refs/b.md` first",
        "Read `<skill-root>/refs/b.md` first",
        "Read [path-to-skill]/refs/b.md first",
        "Read {skill_base_dir}/refs/b.md first",
        "| fields | refs/b.md |",
    ],
)
def test_a_file_that_is_linked_or_named(text: str) -> None:
    assert led(text) == ["refs/b.md"]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing.",
        "refs/b.mdx refs/b.md.txt refs/b.md/x refs/b.md-old xrefs/b.md other/refs/b.md",
        "https://example.com/refs/b.md and /refs/b.md and ~/refs/b.md",
        "[b](https://example.com/refs/b.md)",
        "[b](/refs/b.md)",
        "../a.md",
        "gone.md and refs/gone.md",
        "Write <project>/refs/b.md and <skills>/refs/b.md.",
        "Write a README.md beside SKILL.md, as in/SKILL.md has it, see refs/README.md",
        "Fill in templates/t.md and `assets/t.md`.",
        "```\nrefs/b.md\n```",
        "<!-- refs/b.md -->",
    ],
)
def test_what_leads_nowhere(text: str) -> None:
    assert led(text) == []


def test_what_is_linked_is_read_whatever_it_is() -> None:
    assert led("[r](README.md) [t](templates/t.md) [b](<b c.md>)") == ["README.md", "templates/t.md", "b c.md"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](a.md)", "refs/a.md"),
        ("`a.md`", "refs/a.md"),
        ("`b.md`", "refs/b.md"),
        ("[b](refs/b.md)", "refs/b.md"),
        ("`refs/b.md`", "refs/b.md"),
        ("[a]({baseDir}/a.md)", "a.md"),
        ("[c](deep/c.MD)", "refs/deep/c.MD"),
        ("[a](../a.md)", "a.md"),
        ("`../a.md`", "a.md"),
    ],
)
def test_a_path_is_of_the_file_beside_or_else_from_the_root(text: str, expected: str) -> None:
    assert led(text, "refs/x.md") == [expected]


@given(st.text(st.sampled_from("ab/.-`md ${}()[]#\n")))
def test_whatever_is_written_leads_to_files_of_the_skill(text: str) -> None:
    assert set(led(text)) <= {*FILES, *MADE}
