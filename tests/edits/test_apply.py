from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.edits import applied
from skillcheck.model import Edit, Place


def edit(line: int, column: int, end_line: int, end_column: int, text: str) -> Edit:
    return Edit(Place("p", line, column, end_line, end_column), text)


@pytest.mark.parametrize(
    ("text", "edits", "after", "count"),
    [
        ("abc", [[edit(1, 2, 1, 3, "X")]], "aXc", 1),
        ("\ufeffabc", [[edit(1, 1, 1, 2, "X")]], "\ufeffXbc", 1),
        ("a\r\nb\rc\nd", [[edit(2, 1, 3, 1, "")], [edit(4, 1, 4, 2, "X")]], "a\r\nc\nX", 2),
        ("abc", [[edit(1, 1, 1, 3, "X")], [edit(1, 2, 1, 3, "Y")]], "Xc", 1),
        ("abc", [[edit(1, 1, 1, 1, "X")], [edit(1, 1, 1, 1, "Y")]], "Xabc", 1),
        ("abc", [[edit(1, 1, 1, 1, '"'), edit(1, 4, 1, 4, '"')]], '"abc"', 1),
        ("abc", [[edit(1, 3, 1, 4, "X"), edit(1, 1, 1, 2, "Y")], [edit(1, 1, 1, 2, "Z")]], "YbX", 1),
        ("abc", [[edit(1, 9, 1, 10, "X")]], "abcX", 1),
        ("abc", [[edit(7, 1, 8, 1, "X")]], "abcX", 1),
        ("abc", [[Edit(Place("p", 1, 2), "X")]], "aXbc", 1),
        ("abc", [], "abc", 0),
    ],
)
def test_edits_are_done(text: str, edits: list[list[Edit]], after: str, count: int) -> None:
    assert applied(text, edits) == (after, count)


@given(
    st.text(st.sampled_from("ab\r\n\ufeff é"), max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy\n", max_size=3)), max_size=5),
)
def test_nothing_outside_of_the_edits_is_touched(text: str, wanted: list[tuple[int, int, str]]) -> None:
    body = text.removeprefix("\ufeff")
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", body))]

    def point(offset: int) -> tuple[int, int]:
        line = max(number for number, start in enumerate(starts, 1) if start <= offset)
        return line, offset - starts[line - 1] + 1

    spans = [(min(start, len(body)), min(start + length, len(body)), new) for start, length, new in wanted]
    after, count = applied(text, [[edit(*point(start), *point(end), new)] for start, end, new in spans])
    kept: list[tuple[int, int, str]] = []
    for start, end, new in spans:
        if all((end <= s and start != s) or (start >= e and start != s) for s, e, _ in kept):
            kept.append((start, end, new))
    expected, last = "", 0
    for start, end, new in sorted(kept):
        expected += body[last:start] + new
        last = end
    assert count == len(kept)
    assert after == ("\ufeff" if text.startswith("\ufeff") else "") + expected + body[last:]


def test_time_does_not_grow_with_the_square_of_the_edits() -> None:
    text = "a\n" * 50_000
    begin = time.process_time()
    assert applied(text, [[edit(line, 1, line, 2, "b")] for line in range(1, 50_001)]) == (
        text.replace("a", "b"),
        50_000,
    )
    assert time.process_time() - begin < 15  # seconds of the processor, of which it does not take one
