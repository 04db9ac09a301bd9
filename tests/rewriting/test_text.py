"""What a rewritten file looks like: its own lines change, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Expectation, Form, Mismatch, Place
from skillcheck.rewriting import rewritten

FENCE = "x \r\n- ```output\r\n  a  \r\n  b\r\n  ```\r\ny"


def mismatch(  # noqa: PLR0913 - what an expectation is made of
    form: Form, place: Place, body: int, text: str, becomes: str, *, steady: bool = True
) -> Mismatch:
    expected = Expectation(form, place, text, body)
    return Mismatch(expected, becomes, body, text, becomes, becomes, steady)


RAISED = "Traceback (most recent call last):"


def session(line: int, column: int, end: int, text: str, becomes: str) -> Mismatch:
    return mismatch(Form.SESSION, Place("a.md", line, column, end), line, text, becomes)


def lines(line: int, column: int, end: int, text: str, becomes: str) -> Mismatch:
    return mismatch(Form.LINES, Place("a.md", line, column, end), line, text, becomes)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("f()\n#> 1\ng()\n", lines(2, 1, 2, "1", "2"), "f()\n#> 2\ng()\n"),
        ("f()\n#>   1 \ng()\n", lines(2, 1, 2, "  1", ""), "f()\ng()\n"),
        ("f()\n  #>1 \n  #> 2\t\n", lines(2, 3, 3, "1\n2", "a\n\n2"), "f()\n  #> a\n  #>\n  #> 2\t\n"),
        ("> f()\r\n> #> 1\r\n", lines(2, 3, 2, "1", "2\n3"), "> f()\r\n> #> 2\r\n> #> 3\r\n"),
        ("f()  #> 1\n", lines(1, 6, 1, "1", "2"), "f()  #> 2\n"),
        ("f()  #> 1\n", lines(1, 6, 1, "1", ""), "f()\n"),
        (
            FENCE,
            mismatch(Form.FENCE, Place("a.md", 2, 3, 4), 3, "a\nb", "a\n\nc"),
            "x \r\n- ```output\r\n  a  \r\n\r\n  c\r\n  ```\r\ny",
        ),
        ("```output\n```\n", mismatch(Form.FENCE, Place("a.md", 1, 1, 1), 2, "", "a"), "```output\na\n```\n"),
        (
            "> ```output\n> a\n> ```\n",
            mismatch(Form.FENCE, Place("a.md", 1, 3, 2), 2, "a", "b\n\nc"),
            "> ```output\n> b\n>\n> c\n> ```\n",
        ),
        ("f()  # Output:  1 \n", mismatch(Form.REMARK, Place("a.md", 1, 6, 1), 1, "1", "2"), "f()  # Output:  2\n"),
        ("- >>> f()\r\n  1\r\n", session(2, 7, 2, "1", "2\n\n3"), "- >>> f()\r\n  2\r\n  <BLANKLINE>\r\n  3\r\n"),
        ("> >>> f()\n> 1\n> 2\n", session(2, 7, 3, "1\n2", "3\n2"), "> >>> f()\n> 3\n> 2\n"),
        (">>> f()\n1\n>>> g()\n", session(2, 5, 2, "1", ""), ">>> f()\n>>> g()\n"),
        (
            f">>> f()\n{RAISED}\n  File 'x'\nKeyError: 1\n",
            session(2, 5, 4, f"{RAISED}\n...\nKeyError: 1", f"{RAISED}\n...\nKeyError: 2"),
            f">>> f()\n{RAISED}\n  File 'x'\nKeyError: 2\n",
        ),
        (f">>> f()\n{RAISED}\nA: 1\n", session(2, 5, 3, f"{RAISED}\nA: 1", "2"), ">>> f()\n2\n"),
        (
            "# Output:\n# 1\n# b\n",
            mismatch(Form.REMARK, Place("a.md", 1, 1, 3), 2, "1\nb", "2\nb"),
            "# Output:\n# 2\n# b\n",
        ),
    ],
)
def test_its_lines_say_what_is_printed(text: str, found: Mismatch, expected: str) -> None:
    assert rewritten(text, [found]) == (expected, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("f()\n#> 1\n", mismatch(Form.LINES, Place("a.md", 2, 1, 2), 2, "1", "2", steady=False)),
        ("f()\n#> 1\n", lines(2, 1, 2, "1", "\x1b[31m2")),
        ("f()\n#> 1\n", lines(2, 1, 2, "1", "x" * 65536)),
        ("f()\n #> 1\n", lines(2, 1, 2, "1", "2")),
        ("f()  #> 1\n", lines(1, 6, 1, "1", "2\n3")),
        (">>> f()\n1\n", session(2, 5, 2, "1", "a\n>>> b")),
        (f">>> f()\n{RAISED}\nA: 1\n", session(2, 5, 3, f"{RAISED}\nA: 1", f"{RAISED}\nA: 1\n2")),
        ("```output\na\n```\n", mismatch(Form.FENCE, Place("a.md", 1, 1, 2), 2, "a", "x\n  ~~~~\n")),
    ],
)
def test_what_cannot_stand_there_is_left(text: str, found: Mismatch) -> None:
    assert rewritten(text, [found]) == (text, (found,))


def test_several_are_rewritten_at_once() -> None:
    first, second, third = (lines(line, 1, line, "1", becomes) for line, becomes in ((2, "a\nb"), (4, ""), (6, "\x00")))
    text = "f()\n#> 1\ng()\n#> 1\nh()\n#> 1\n"
    assert rewritten(text, [first, second, third]) == ("f()\n#> a\n#> b\ng()\nh()\n#> 1\n", (third,))


ANY = st.text(st.sampled_from(" \tab#>`\r\n\u2028\ufeff"), max_size=40)


@given(ANY, ANY, st.text(st.sampled_from("ab #>\n"), max_size=10))
def test_all_around_stays(before: str, after: str, becomes: str) -> None:
    before, printed = before.replace("\r", "") + "\n", becomes.strip("\n")
    line = before.count("\n") + 1
    made, left = rewritten(f"{before}#> old\n{after}", [lines(line, 1, line, "old", printed)])
    assert left == ()
    assert made.startswith(before)
    assert made.endswith(after)
    written = made[len(before) : len(made) - len(after)]
    assert written == "".join(f"#> {each}".rstrip() + "\n" for each in (printed.split("\n") if printed else []))
