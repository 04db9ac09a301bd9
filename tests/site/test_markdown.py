"""Documents as HTML: what is shown, and that nothing of it is obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from skillcheck.load.markdown import document
from skillcheck.load.source import Source
from skillcheck.model import Block
from skillcheck.site import Entry
from skillcheck.site.links import Targets
from skillcheck.site.markdown import MAX_BRACKETS, rendered, visible

OWN = {
    "a": {"href", "rel"},
    "div": {"class", "tabindex"},
    "pre": {"class", "tabindex"},
    "span": {"class"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(3, 7)},
}
PLAIN = "p em strong code s ul li blockquote hr br table thead tbody tr th td x"
TAGS = {*OWN, *PLAIN.split(" ")}


def drawn(text: str, language: str, block: Block | None) -> Markup:
    return Markup("<x>{}|{}|{}</x>").format(text, language, block.place.line if block else "none")


def html(text: str, body_line: int = 1) -> str:
    read, _ = document(Source("SKILL.md", text), "SKILL.md", body_line)
    anchors = frozenset(heading.anchor for heading in read.headings)
    return str(rendered(read, Targets({"SKILL.md": "doc0"}, {"SKILL.md": anchors}), drawn, below=2))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n#### B\n\n## C", '<h3 id="doc0-a">A</h3><h4 id="doc0-b">B</h4><h4 id="doc0-c">C</h4>'),
        ("# A\n## B\n### C\n#### D\n##### E", '<h6 id="doc0-d">D</h6><h6 id="doc0-e">E</h6>'),
        ("#\n\ntext", "<p>text</p>"),
        ("a *b* **c** ~~d~~ `e<` \\\nf", "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e&lt;</code> <br>f</p>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1. a", "<ol><li>a</li></ol>"),
        ("[a](https://b.example)", '<a href="https://b.example" rel="nofollow noopener noreferrer">a</a>'),
        ("# A\n[b](#a)", '<a href="#doc0-a">b</a>'),
        ("[a](gone.md)", '<span class="file">a</span>'),
        ("[](https://b.example)", ">https://b.example</a>"),
        ("[![](a.png)](https://b.example)", '<span class="picture">picture</span></a>'),
        ("![a chart](a.png)", '<p><span class="picture">a chart</span></p>'),
        (
            "|  | b |\n|---|---|\n| c | d |",
            '<div class="scroll" tabindex="0"><table><thead><tr><td></td><th>b</th></tr>',
        ),
        ("```python\nx\n```", "<x>x\n|python|1</x>"),
        ("    x", "<x>x\n||none</x>"),
        ("<div>\n```python\nx\n```\n</div>", "<x>x\n||none</x>"),
        ("a <!-- hidden --> b\n\n<!-- all\nof it -->", "<p>a  b</p>"),
        ("a\nb", "<p>a\nb</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
    ],
)
def test_what_is_shown(text: str, expected: str) -> None:
    found = html(text)
    assert found.endswith(expected) or expected in found


def test_frontmatter_and_comments_are_not_shown_and_lines_stay(entry: Callable[..., Entry]) -> None:
    text = "---\nname: forms\ndescription: Fills.\n---\n<!-- no -->\n\n```md\n<!-- yes -->\n```\nlast"
    (first,) = entry(text).skill.documents
    assert visible(first) == "\n\n\n\n\n\n```md\n<!-- yes -->\n```\nlast"


def test_an_unclosed_fence_goes_to_the_end() -> None:
    assert "<x>x\n|python|1</x>" in html("```python\nx\n")


def test_too_many_brackets_are_shown_as_text() -> None:
    found = html("[" * (MAX_BRACKETS + 1) + "<b>")
    assert found.startswith('<pre class="plain" tabindex="0">[[[')
    assert "&lt;b&gt;" in found


class Page(HTMLParser):
    """Refuses every tag and attribute that is not one of ours."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= OWN.get(tag, set())
        target = dict(attrs).get("href") or "#"
        assert re.match(r"#|https?:|mailto:", target, re.IGNORECASE)


PIECES = ["<script>", "<img src=x onerror=y>", "[a](javascript:x)", "```\n", "\n", "---\n", "<!--", "-->", "https://"]
MARKS = list("\"'`|[]()#<>&*\\")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*PIECES, "<!--", "-->", "<", ">", "&", "\\", "* ", "> ", "https://", "---\n"]) | st.text()
    )
)
def test_no_text_becomes_a_tag_of_its_own(pieces: list[str]) -> None:
    Page().feed(html("".join(pieces)))
