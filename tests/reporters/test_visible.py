from __future__ import annotations

import pytest

from skillcheck.reporters.visible import cut, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain  text", "plain  text"),
        ("größe 漢字 😀", "größe 漢字 😀"),
        ("two\n  lines\r\n\there", "two lines here"),
        ("a \u2028 b\x85c", "a b c"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\u202eevil", "\\u202eevil"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
        ("", ""),
    ],
)
def test_text_is_shown_on_one_line(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(("text", "width", "shown"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("\x00b", 3, "\\x…")])
def test_text_is_cut_after_it_is_shown(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
