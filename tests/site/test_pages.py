"""A listing as the files of a site."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from skillcheck.model import (
    Cause,
    CauseKind,
    Cell,
    Client,
    Coverage,
    Environment,
    Finding,
    Level,
    Outcome,
    Place,
    Releases,
    Result,
    Severity,
    Snippet,
    Unit,
)
from skillcheck.model import TestRun as Session
from skillcheck.site import Entry, Listing, pages
from skillcheck.site.code import LARGEST, highlighted
from skillcheck.site.pages import slugged
from skillcheck.site.proof import proof
from skillcheck.site.skill import Card, _flat

MakeEntry = Callable[..., Entry]
SKILL = (
    "---\nname: {}\ndescription: Fills forms. Use to fill.\nlicense: MIT\n---\n# Forms\n\n"
    "```python\n# src/fill.py\nx = 1\n```\n\n```\nshown\n```\n"
)
PYTHON = Environment("python", "3.11.7", lock=("a==1",))
CARD = "skills/forms/index.html"


def made(*entries: Entry, **more: Any) -> dict[str, str]:  # noqa: ANN401 - any field of a listing
    return {path: content.decode() for path, content in pages(Listing(entries, **more))}


def result(unit: Unit, level: Level, outcome: Outcome = Outcome.PASSED, **more: Any) -> Result:  # noqa: ANN401 - any field
    return Result("forms", unit, level, outcome, **more)


def hostile() -> str:
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).parent / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.HOSTILE)


def test_a_site_without_results(entry: MakeEntry) -> None:
    one = entry(SKILL.format("forms"), author="Ann", version="1.2", category="paper", keywords=("pdf",), archive=b"zip")
    found = made(one, title="My skills", description="All of them", repository="https://github.com/o/r")
    assert set(found) == {
        "index.html",
        CARD,
        "skills/forms/forms.zip",
        "assets/icon.svg",
        "assets/site.css",
        "assets/site.js",
        ".nojekyll",
        ".well-known/agent-skills/index.json",
    }
    assert "<h1>My skills</h1>" in found["index.html"]
    assert "Checked, not run" in found["index.html"]
    for told in (
        "by <bdi>Ann</bdi>",
        "version 1.2",
        "paper",
        "Download the ZIP",
        "not run",
        "only shown: ",
        "src/fill.py",
    ):
        assert told in found[CARD], told
    assert '<a href="https://github.com/o/r"' in found[CARD]
    assert "Nobody has asked" in found[CARD]


def test_a_site_with_results(entry: MakeEntry) -> None:
    bare = entry(SKILL.format("forms"))
    code, shown = bare.units
    one = entry(
        SKILL.format("forms"),
        results=(
            result(code, Level.COVERED, coverage=Coverage(frozenset({8})), duration=0.0123),
            result(shown, Level.SHOWN, Outcome.SKIPPED, reason="output"),
        ),
        environment=PYTHON,
        tests=(Session("forms", Place("x"), passed=7),),
        verdicts={Client.SPEC: "valid", Client.CLAUDE_AI: "upload refused (1)"},
        takers=frozenset({Client.SPEC}),
        source="https://github.com/o/r/blob/HEAD/forms",
        snippets=(Snippet(code.snippet, "<script>", Place("x")),),
    )
    found = made(one)
    for told in ("100 % of its lines", "Python 3.11.7", "12 ms", "only shown: output", "7 passed", "1 distributions"):
        assert told in found[CARD], told
    assert '<li class="yes"><span>spec</span><span>valid</span></li>' in found[CARD]
    assert '<li class="no"><span>claude-ai</span><span>upload refused (1)</span></li>' in found[CARD]
    assert found[f"skills/forms/snippets/{code.snippet}.txt"] == "<script>"
    assert "Proven by running" in found["index.html"]


def test_other_pythons_and_releases_are_told(entry: MakeEntry) -> None:
    bare = entry(SKILL.format("forms"))
    done, failed = (result(bare.units[0], Level.RAN, outcome) for outcome in (Outcome.PASSED, Outcome.FAILED))
    tests = (Session("forms", Place("x"), passed=7),)
    cells = (
        Cell("forms", Place("x"), "3.12.1", Releases.LOWEST, results=(done,), tests=tests),
        Cell("forms", Place("x"), "3.12.1", Releases.NEWEST, results=(failed,), tests=tests),
        Cell("forms", Place("x"), "3.13.0", Releases.LOWEST, error="no wheel"),
    )
    found = made(entry(SKILL.format("forms"), cells=cells))[CARD]
    for told in (
        '<td>lowest</td><td class="yes">1 + 7</td>',
        '<td>newest</td><td class="no">1 failed</td>',
        '<td class="no">cannot be installed</td>',
    ):
        assert told in found, told


def test_categories_can_be_chosen_where_there_are_several(entry: MakeEntry) -> None:
    one, other = (entry(SKILL.format("forms"), category=category) for category in ("paper", "<web>"))
    assert '<select id="category">' not in made(one)["index.html"]
    several = made(one, other)["index.html"]
    assert "<option>&lt;web&gt;</option><option>paper</option>" in several
    assert 'data-category="paper"' in several


def test_findings_are_told_and_a_skill_with_errors_has_no_zip(entry: MakeEntry) -> None:
    finding = Finding("SK1", "x", Severity.ERROR, Place("forms/SKILL.md", 3), "the <b>fact</b> of `<a>`", "the deed")
    found = made(entry(SKILL.format("forms"), findings=(finding,)))
    assert "the &lt;b&gt;fact&lt;/b&gt; of <code>&lt;a&gt;</code>" in found[CARD]
    assert "Fix: the deed" in found[CARD]
    assert '<span class="small">SKILL.md:3:1</span>' in found[CARD]
    assert "There is no ZIP until" in found[CARD]
    assert "Has errors" in found["index.html"]


def test_what_failed_and_what_ran_is_told(entry: MakeEntry) -> None:
    unit = entry(SKILL.format("forms")).units[0]
    cause = Cause(CauseKind.EXCEPTION, Place("x"), "`fill` fails", "mend it")
    failed = proof(unit, result(unit, Level.RESOLVED, Outcome.FAILED, causes=(cause,)), PYTHON)
    assert (failed.level, failed.details, failed.reason) == ("failed", (), "`fill` fails")
    ran = proof(unit, result(unit, Level.RAN, duration=1.5), None)
    assert (ran.level, ran.details, ran.meaning) == ("ran", ("1,500 ms",), "executed to its end")
    one = entry(SKILL.format("forms"), results=(result(unit, Level.RESOLVED, Outcome.FAILED, causes=(cause,)),))
    assert Card.of(one, "forms").state == "faulty"


def test_an_empty_site_and_an_empty_skill(entry: MakeEntry) -> None:
    assert "There is no skill here yet." in made()["index.html"]
    page = made(entry(""))[CARD]
    assert "This skill says nothing of itself." in page
    assert "The skill has none." in page
    assert "It cannot be read as YAML:" in made(entry("---\n- 'x\n  y: ]\n---\n# Forms\n"))[CARD]


def test_every_skill_has_a_folder_of_its_own(entry: MakeEntry) -> None:
    names = ("forms", "Forms!", "../..", "日本", "a" * 99)
    listing = Listing(tuple(entry(SKILL.format(f'"{name}"')) for name in names))
    assert list(slugged(listing)) == ["skill", "a" * 64, "forms", "forms-2", "skill-2"]


def test_values_of_frontmatter() -> None:
    assert _flat({"a": ["b", 1, True, None], "c": {"d": 1.5}}) == "a: b\n1\ntrue\n—\nc: d: 1.5"
    assert _flat(value=False) == "false"


def test_several_documents_are_on_one_page(entry: MakeEntry) -> None:
    found = made(entry({"SKILL.md": SKILL.format("forms") + "[x](more.md#a)", "more.md": "# A\n"}))[CARD]
    assert '<a href="#doc1-a">x</a>' in found
    assert '<h2 class="path" id="doc1">more.md</h2>' in found


@pytest.mark.parametrize(("text", "language"), [("<b>", ""), ("<b>", "no-such"), ("<b>" * LARGEST, "html")])
def test_code_of_no_language_is_plain(text: str, language: str) -> None:
    assert str(highlighted(text, language)) == text.replace("<", "&lt;").replace(">", "&gt;")


def test_code_is_marked_by_class_alone() -> None:
    assert str(highlighted("x = '<'", "python")).count("<span class=") == 3
    assert "&lt;" in highlighted("x = '<'", "python")


class Strict(HTMLParser):
    """Refuses what could run: scripts but our own, handlers, styles, frames, pictures, other addresses."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag not in {"iframe", "img", "object", "embed", "style", "base"}
        assert not any(name.startswith("on") or name in {"style", "srcdoc"} for name in given), (tag, given)
        assert tag != "script" or given["src"].removeprefix("../../").startswith("assets/site.js?")
        assert given.get("href", "#").startswith(
            ("#", "https://", "../../", "snippets/", "assets/", "skills/", ".well", "index.html")
        )


def test_nothing_hostile_is_obeyed(entry: MakeEntry) -> None:
    found = made(
        entry(hostile(), author="<script>x</script>", keywords=("<script>x</script>",)),
        title="<script>x</script>",
        repository="javascript:alert(1)",
    )
    (page,) = (text for path, text in found.items() if path.startswith("skills/") and path.endswith("index.html"))
    for text in (page, found["index.html"]):
        Strict().feed(text)
        assert "<script>window" not in text
    assert "{{ 7 * 7 }}" in page
    assert "content=\"default-src 'none'; style-src 'self'; script-src 'self';" in page
