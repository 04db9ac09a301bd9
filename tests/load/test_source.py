from __future__ import annotations

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


def test_utf16_is_named() -> None:
    _, (fault,) = decode("a.md", "a".encode("utf-16"))
    assert fault.fact == "the file is UTF-16, not UTF-8"


@given(st.text(alphabet="a\r\n\u00e9\u2028", max_size=30))
def test_lines_and_starts_agree(text: str) -> None:
    source = Source("a", text)
    assert len(source.lines) == len(source.starts)
    for start, line in zip(source.starts, source.lines, strict=True):
        assert text[start : start + len(line)] == line
