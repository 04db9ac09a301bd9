from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillcheck.load.fences import language
from skillcheck.load.markdown import document
from skillcheck.load.source import Source
from skillcheck.model import Block


def blocks(text: str) -> tuple[Block, ...]:
    read, _ = document(Source("f", text), "f", 1)
    return read.blocks


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("", ""),
        ("Python", "python"),
        ('python title="app.py"', "python"),
        ("{python}", "python"),
        ("{.python .numberLines}", "python"),
        ("{ .python }", "python"),
        ("{r, echo=FALSE}", "r"),
        ("{code-cell} IPython3", "ipython3"),
        ("{linenos=true}", ""),
        ("python:src/app.py", "python"),
        ("js {1,3}", "js"),
        ("js{1,3}", "js"),
        ("rust,ignore", "rust"),
        (".python", "python"),
        ("c++", "c++"),
        ("c#", "c#"),
    ],
)
def test_language_in_every_form(info: str, expected: str) -> None:
    assert language(info) == expected


@pytest.mark.parametrize(
    ("text", "content", "line", "column", "closed"),
    [
        ("```py\nx\n```\n", "x\n", 2, 1, True),
        ("~~~\nx\n~~~\n", "x\n", 2, 1, True),
        ("````\n```\n````\n", "```\n", 2, 1, True),
        ("```\nx", "x\n", 2, 1, False),
        ("```\nx\n\n", "x\n\n", 2, 1, False),
        ("```", "", 1, 1, False),
        ("```\n```", "", 2, 1, True),
        ("```\r\nx\r\n\r\ny\r\n```\r\n", "x\n\ny\n", 2, 1, True),
        ("> ```\n> x\n> ```\n", "x\n", 2, 3, True),
        ("> ```\n> x\ny\n", "x\n", 2, 3, False),
        ("- a\n\n  ```\n    x\n  ```\n", "  x\n", 4, 3, True),
        ("1. a\n\n   ```\n   x\n   ```\n", "x\n", 4, 4, True),
        ("- ```\n  x\n", "x\n", 2, 3, False),
        ("- ```\n  x\n- b", "x\n", 2, 3, False),
        ("- a\n\n\t```\n\tx\n\t```\n", "x\n", 4, 2, True),
        ("  ```\n    x\n  ```\n", "  x\n", 2, 3, True),
        ("> - ~~~\n>   x\n>   ~~~\n", "x\n", 2, 5, True),
        ("- ```\n \tx\n  ```\n", "  x\n", 2, 3, True),
    ],
)
def test_text_and_place_of_the_content(text: str, content: str, line: int, column: int, closed: bool) -> None:  # noqa: FBT001
    (block,) = blocks(text)
    assert (block.text, block.line, block.column, block.closed) == (content, line, column, closed)


@pytest.mark.parametrize("text", ["    x\n", "`x`", "```x```", "``\nx\n``", "<!-- \n```\n```\n-->", "text ```\n"])
def test_what_is_no_fence(text: str) -> None:
    assert blocks(text) == ()


def test_place_is_the_opening_fence() -> None:
    first, second = blocks("> - ```py a\n>   ```\n\n  ~~~\n")
    assert (str(first.place), first.place.end_column, first.info, first.in_container) == ("f:1:5", 12, "py a", True)
    assert (str(second.place), second.index, second.in_container) == ("f:4:3", 1, False)


_LINES = st.lists(
    st.sampled_from(
        ["```py", "```", "~~~", "- ", "- a", "  ", "> ", "> ```", "  ```", "\tx", "    x", "x", "", "> x", "1. ```"]
    ),
    max_size=14,
)


@given(_LINES, st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=300, deadline=None)
def test_content_stands_in_the_files_own_lines(lines: list[str], end: str) -> None:
    for block in blocks(end.join(lines)):
        content = block.text.splitlines()
        for number, text in enumerate(content, block.line):
            assert lines[number - 1].expandtabs(4).rstrip().endswith(text.strip())
        if content and content[0].strip() and "\t" not in lines[block.line - 1]:
            assert lines[block.line - 1][block.column - 1 :] == content[0]
