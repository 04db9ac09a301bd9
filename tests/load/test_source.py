from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.load.source import Source, decode
from skillcheck.model import FaultKind, Place


def test_places_count_lines_of_every_ending() -> None:
    source = Source("a.md", "a\r\nbc\rd\ne")
    assert source.lines == ["a", "bc", "d", "e"]
    assert source.place(4) == Place("a.md", 2, 2)
    assert source.place(4, 9) == Place("a.md", 2, 2, 4, 2)


def test_one_byte_order_mark_is_dropped() -> None:
    source, faults = decode("a.md", b"\xef\xbb\xbfa")
    assert (source.text, faults) == ("a", ())


def test_a_wrong_byte_is_told_at_its_place_and_replaced() -> None:
    source, (fault,) = decode("a.md", b"\xef\xbb\xbfa\n\xc3\xa9\xff\xfe")
    assert (fault.kind, fault.place) == (FaultKind.NOT_UTF8, Place("a.md", 2, 2))
    assert fault.fact == "byte 0xff at offset 7 is not UTF-8"
    assert source.text == "a\n\u00e9\ufffd\ufffd"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32")],
)
def test_wide_characters_are_named_and_read(encoding: str, name: str) -> None:
    source, (fault,) = decode("a.md", "---\nname: a".encode(encoding))
    assert (fault.fact, fault.place) == (f"the file is {name}, not UTF-8", Place("a.md"))
    assert source.text == "---\nname: a"


def test_a_few_zeros_are_no_wide_characters() -> None:
    for content in (b"\0\0\0\0\0\0\0\0\0", b"a\0", b"a\0b\0cd\0\0"):
        assert decode("a.md", content) == (Source("a.md", content.decode()), ())


@given(st.text(alphabet="a\r\n\u00e9\u2028", max_size=30))
def test_lines_and_starts_agree(text: str) -> None:
    source = Source("a", text)
    assert len(source.lines) == len(source.starts)
    for start, line in zip(source.starts, source.lines, strict=True):
        assert text[start : start + len(line)] == line
