from __future__ import annotations

import pytest

from skillcheck.model import Place
from skillcheck.reporters.frame import frame


@pytest.mark.parametrize(
    ("place", "line", "shown"),
    [
        (Place("p", 2, 7, 2, 10), "name: Pdf", ["    2 | name: Pdf", "      |       ^^^"]),
        (Place("p", 2, 7), "name: Pdf", ["    2 | name: Pdf", "      |       ^"]),
        (Place("p", 2, 7, 4, 1), "name: Pdf  ", ["    2 | name: Pdf", "      |       ^^^^^"]),
        (Place("p", 2, 70, 2, 80), "name", ["    2 | name", "      |     ^"]),
        (Place("p", 3, 3, 3, 5), "漢字漢字", ["    3 | 漢字漢字", "      |     ^^^^"]),
        (Place("p", 3, 3, 3, 4), "a\x1bb", ["    3 | a\\x1bb", "      |      ^"]),
        (Place("p"), " \t", []),
        (Place("p"), "", []),
    ],
)
def test_a_place_is_marked_below_its_line(place: Place, line: str, shown: list[str]) -> None:
    assert list(frame(place, line)) == shown


def test_a_long_line_is_cut_around_its_place() -> None:
    line = "x" * 500 + "wrong" + "y" * 500
    text, mark = frame(Place("p", 1, 501, 1, 506), line)
    assert text == f"    1 | …{'x' * 40}wrong{'y' * 55}…"
    assert mark == f"      | {' ' * 41}^^^^^"
    text, mark = frame(Place("p", 1, 1, 1, 1006), line)
    assert (text, mark) == (f"    1 | {'x' * 100}…", f"      | {'^' * 60}")
    text, mark = frame(Place("p", 1, 1005, 1, 1006), line)
    assert (text, mark) == (f"    1 | …{'y' * 100}", f"      | {' ' * 100}^")
