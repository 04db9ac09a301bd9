"""Whatever stands in a file, a reader reads it: pieces of what is usual, put together in any order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.readers import READERS, SEEDS

ODD = (
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    "\u2028\u202e\u200b".encode(),
    b"\r",
    b"\t",
    b"[" * 150,
    b"9" * 5000,
)


def pieces(name: str) -> st.SearchStrategy[bytes]:
    """Return bytes made of a reader's seeds, cut up, with odd ones between."""
    words = [word for seed in SEEDS[name] for word in re.findall(rb"\w+|\s+|[^\w\s]", seed)]
    part = st.one_of(st.sampled_from(words), st.sampled_from(SEEDS[name]), st.sampled_from(ODD), st.binary(max_size=6))
    return st.lists(part, max_size=30).map(b"".join)


@pytest.mark.parametrize("name", READERS)
def test_nothing_raises(name: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(pieces(name))
    def read(content: bytes) -> None:
        READERS[name](content)

    read()
