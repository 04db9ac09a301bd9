"""What blocks say that they print, as it is read from them."""

from __future__ import annotations

import ast
import time
import tokenize
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.blocks import programs, units
from skillcheck.blocks.expectations import expectations
from skillcheck.load import load
from skillcheck.model import Block, Expectation, Form, Place, Role, Unit

FRONT = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
Span = tuple[str, int, int, int]


def raising(error: Exception) -> Callable[..., object]:
    def raises(*_: object) -> object:
        raise error

    return raises


def unit(text: str, *, line: int = 1, column: int = 1, index: int = 0, info: str = "python") -> Unit:
    place = Place("SKILL.md", line - 1 or 1, column)
    return Unit(
        Block("SKILL.md", index, info.split(maxsplit=1)[0], info, text, line, column, place), Role.SCRIPT, "python"
    )


def spans(text: str) -> list[Span]:
    return [(found.text, found.scope, found.first, found.last) for found in expectations(unit(text))]


def documented(folder: Path, text: str) -> list[tuple[Expectation, ...]]:
    (folder / "demo").mkdir()
    (folder / "demo/SKILL.md").write_text(FRONT + text, encoding="utf-8")
    found = units(load([folder / "demo"]).skills[0])
    return [program.expected for program in programs(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(1)\n", []),
        ("print(1)\n#> 1\n", [("1", 0, 1, 1)]),
        ("print(1)\n#>1\n", [("1", 0, 1, 1)]),
        ("print(1)\n\n#>   1  \n", [("  1", 0, 1, 1)]),
        ("print(1)  #> 1\n", [("1", 0, 1, 1)]),
        ("print(\n    1,\n)\n#> 1\n#>\n#> 2\n", [("1\n\n2", 0, 1, 3)]),
        ("print(1)\n#> 1\nprint(2)\n#> 2\n", [("1", 0, 1, 1), ("2", 0, 3, 3)]),
        ("print(1)\n#> 1\n\n#> 2\n", [("1", 0, 1, 1), ("2", 0, 1, 1)]),
        ("#> 1\nprint(1)\n", [("1", 0, 0, 0)]),
        ("for x in y:  #> 1\n    pass\n", [("1", 0, 0, 0)]),
        ("x = '''\n#> 1\n'''\n", []),
        ("print(1)\n# > 1\n", []),
        ("def f():\n    print(1)\n    #> 1\nf()\n", [("1", 1, 2, 2)]),
        ("@d\n@e\ndef f():\n    print(1)\n    #> 1\n", [("1", 1, 4, 4)]),
        ("class A:\n    async def f(self):\n        print(1)  #> 1\n", [("1", 2, 3, 3)]),
        ("for i in x:\n    print(i)\n    #> 1\n", [("1", 0, 2, 2)]),
        ("for i in x:\n    print(i)\n#> 1\n", [("1", 0, 1, 2)]),
        ("for i in x:\n    print(i)\n  #> 1\n", [("1", 0, 2, 2)]),
        ("try:\n    f()\nexcept E:\n    print(1)\n    #> 1\n", [("1", 0, 4, 4)]),
        ("match x:\n    case 1:\n        print(1)\n        #> 1\n", [("1", 0, 3, 3)]),
        ("if x:\n    pass\nelse:\n    print(1)\n    #> 1\n", [("1", 0, 4, 4)]),
        ("print(1\n#> 1\n", []),
        ("print(1)\n# Output: 1\n", [("1", 0, 1, 1)]),
        ("print(1)  # output: 1\n", [("1", 0, 1, 1)]),
        ("print(1)\n# Expected output:\n# 1\n#  2\n", [("1\n 2", 0, 1, 1)]),
        ("print(1)\nprint(2)\n# Output:\n# 1\n# 2\n\n# 3\n", [("1\n2", 0, 1, 2)]),
        ("print(1)\n# Output: 1\n# a remark\nprint(2)\n# Output: 2\n", [("1", 0, 1, 1), ("2", 0, 4, 4)]),
        ("print(1)\n# Output: 1\n# Output: 2\n", [("1", 0, 1, 1), ("2", 0, 1, 1)]),
        ("print(1)\n# Output:\n#> 1\n", [("1", 0, 1, 1)]),
        ("print(1)\n#> 1\n# Output: 1\n", [("1", 0, 1, 1), ("1", 0, 1, 1)]),
        ("print(1)\n# Output:\n", []),
        ("print(1)  # Output:\n# 1\n", []),
        ("# Output: 1\nprint(1)\n", []),
        ("print(1)\n# The output: 1\n# Outputs: 1\n# Prints: 1\n", []),
        ("def f():\n    print(1)\n    # Output: 1\nprint(2)\n# Output: 2\n", [("1", 1, 2, 2), ("2", 0, 1, 4)]),
    ],
)
def test_comments_speak_of_the_statement_above(text: str, expected: list[Span]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize("error", [tokenize.TokenError("EOF"), IndentationError("unindent")])
def test_what_the_tokenizer_refuses_expects_nothing(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenize, "generate_tokens", raising(error))
    assert spans("print(1)\n#> 1\n") == []


def test_places_are_the_markdowns() -> None:
    (lines, remark) = expectations(unit("def f():\n    print(1)\n    #> 1\n# Output:\n# a\n# b\n", line=11, column=3))
    assert (lines.place, lines.body) == (Place("SKILL.md", 13, 7, 13), 13)
    assert (lines.scope, lines.first, lines.last) == (11, 12, 12)
    assert (remark.place, remark.body, remark.form) == (Place("SKILL.md", 14, 3, 16), 15, Form.REMARK)
    assert (remark.scope, remark.first, remark.last) == (0, 11, 12)


@pytest.mark.parametrize("info", ["output", "text output", "console output", "stdout", "{output}"])
def test_a_fence_of_output_speaks_of_the_block_before(tmp_path: Path, info: str) -> None:
    (found, *_) = documented(tmp_path, f"# A\n\n```python\nprint(1)\n```\n\ngives\n\n```{info}\n1\n2\n```\n")
    (expected,) = found
    assert (expected.form, expected.text, expected.body) == (Form.FENCE, "1\n2", 14)
    assert (expected.place.line, expected.place.end_line) == (13, 15)


def test_a_directive_makes_any_fence_one_of_output(tmp_path: Path) -> None:
    text = "```python\nprint(1)\n```\n\n<!-- skillcheck: output -->\n```json\n1\n```\n"
    assert [[each.text for each in found] for found in documented(tmp_path, text)] == [["1"]]


@pytest.mark.parametrize(
    "between",
    [
        "```text\n1\n```",
        "# Another\n\n```output\n1\n```",
        "```bash\necho\n```\n\n```output\n1\n```",
        "```console output\n$ python app.py\n1\n```",
    ],
)
def test_other_fences_are_no_expectations(tmp_path: Path, between: str) -> None:
    found = documented(tmp_path, f"# A\n\n```python\nprint(1)\n```\n\n{between}\n")
    assert not any(found)


def test_an_empty_fence_expects_nothing(tmp_path: Path) -> None:
    ((expected,),) = documented(tmp_path, "# A\n\n```python\nx = 1\n```\n\n```output\n```\n")
    assert (expected.text, expected.body, expected.place.line, expected.place.end_line) == ("", 12, 11, 11)


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=4), st.integers(0, 2))
def test_lines_come_back_as_they_were_written(groups: list[list[str]], depth: int) -> None:
    indent = "    " * depth
    head = "".join(f"{'    ' * level}def f{level}():\n" for level in range(depth))
    body = "".join(
        f"{indent}print({number})\n" + "".join(f"{indent}#> {line}\n" for line in group)
        for number, group in enumerate(groups)
    )
    found = expectations(unit(head + body))
    assert [each.text for each in found] == ["\n".join(line.rstrip() for line in group) for group in groups]
    statements = [number for number, line in enumerate((head + body).split("\n"), 1) if "print(" in line]
    assert [(each.first, each.last, each.scope) for each in found] == [(line, line, depth) for line in statements]


@given(
    st.lists(st.sampled_from(["print(1)", "#> 1", "# Output: 1", "# Output:", "# 1", "", "if x:", "    y", "  #> 2"]))
)
def test_any_block_can_be_read(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    for found in expectations(unit(text)):
        assert (
            0
            <= found.first
            <= found.last
            <= found.place.line
            <= found.body
            <= (found.place.end_line or 0)
            <= len(lines)
        )
        ast.parse(text)


def test_time_does_not_grow_with_the_square_of_their_number() -> None:
    begin = time.process_time()
    assert len(spans("print(1)\n#> 1\n" * 10_000)) == 10_000
    assert time.process_time() - begin < 10  # of which it takes one
