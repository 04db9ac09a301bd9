from __future__ import annotations

from pathlib import Path

import pytest

from skillcheck.load.suspects import is_suspect


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text.\n", False),
        ("```python\nx\n```\n", False),
        ("~~~\nx\n~~~\n", False),
        ("Write ``` before `x`, and ~~~ as well.\n", False),
        ("> ```\n> x\n> ```", False),
        ("```python\nx\n", True),
        ("~~~~\n```\n~~~\n", True),
        ("```\nx\n```python\n", True),
        ("<!-- a\n", True),
        ("[a](#b)\n", True),
        ("[a](there.md)\n", False),
        ("[a](gone.md)\n", True),
    ],
)
def test_what_may_be_misread_is_told_without_reading_it(text: str, expected: object, tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    assert is_suspect(text, str(tmp_path)) is expected
