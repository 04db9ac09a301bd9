from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Inside = Callable[[str], ModuleType]


@pytest.fixture
def importing(inside: Inside) -> ModuleType:
    return inside("importing")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (b"", 105),
        (b'\nseal{"importing": 103.5}\n', 108.5),
        (b'\nseal{"importing": 103.5}\n\nseal{"importing": 104.5}\n', 109.5),
        (b'\nother{"importing": 103.5}\n', 105),
        (b'\nseal{"importing": 10', 105),
        (b'\nseal{"importing": x}\n', 105),
        (b'\nseal{"importing": nan}\n', 105),
        (b'\nseal{"importing": 1}\n', 105),
        (b'\nseal{"importing": 1e9}\n', 165),
    ],
)
def test_time_begins_with_the_last_word_within_bounds(importing: ModuleType, written: bytes, expected: float) -> None:
    assert importing.deadline(100.0, 5.0, written, b"seal") == expected


def test_the_end_of_a_report_is_read(importing: ModuleType, tmp_path: Path) -> None:
    report = tmp_path / "report"
    report.write_bytes(b"x" * importing.TAIL + b"end")
    with report.open("rb") as file:
        assert importing.tail(file.fileno()).endswith(b"end")
