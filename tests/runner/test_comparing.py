"""When what is printed is what was expected, and how the difference is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Block, CauseKind, Expectation, Form, Mismatch, Place, Program, Role, Segment, Unit
from skillcheck.runner.comparing import failures, mismatches

PLACE = Place("SKILL.md", 5, 1, 6)


def program(text: str, form: Form = Form.LINES, code: str = "pass\n") -> Program:
    unit = Unit(Block("SKILL.md", 0, "python", "python", code, 2, 1, Place("SKILL.md")), Role.SCRIPT, "python")
    return Program(unit, segments=(Segment(unit, "SKILL.md", 2, code),), expected=(Expectation(form, PLACE, text, 5),))


def compared(text: str, got: str, form: Form = Form.LINES, code: str = "pass\n") -> tuple[Mismatch, ...]:
    return mismatches(program(text, form, code), [got])


@pytest.mark.parametrize("form", [Form.LINES, Form.FENCE])
@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("1", "1\n"),
        ("1", "1"),
        ("", ""),
        ("a\n\nb", "a  \n\nb\n\n"),
        ("a", "a\r\n"),
        ("\n a", "\n a"),
        ("a ... c", "a b c"),
        ("a … c", "a b c"),
        ("a\n...\nd", "a\nb\nc\nd"),
        ("...", "anything\nat all"),
        ("<f at 0x7f00>", "<f at 0x55aa12>"),
        ("took 0.12 s", "took 1.5 s"),
        ("3 ms", "12 ms"),
        ("{'b', 'a'}", "{'a', 'b'}"),
        ("x\n{1, 2}", "x\n{2, 1}"),
    ],
)
def test_what_is_printed_is_what_is_expected(form: Form, text: str, got: str) -> None:
    assert compared(text, got, form) == ()


@pytest.mark.parametrize(
    ("text", "got", "line", "fact"),
    [
        ("1", "2\n", 5, "`2` is printed, expected `1`"),
        ("1\n2", "1\n3\n", 6, "`3` is printed, expected `2`"),
        ("1\n2", "1\n", 6, "nothing more is printed, expected `2`"),
        ("1", "", 5, "nothing is printed, expected `1`"),
        ("1\n2", "1\n2\n3\n", 6, "`3` is printed, expected nothing more"),
        ("", "3\n", 5, "`3` is printed, expected nothing"),
        ("1\n2", "1\n\n2\n", 6, "an empty line is printed, expected `2`"),
        ("True", "1", 5, "`1` is printed, expected `True`"),
        ("1.0", "1", 5, "`1` is printed, expected `1.0`"),
        ("0xbeef", "0xdead", 5, "`0xdead` is printed, expected `0xbeef`"),
        ("5 s", "6 s", 5, "`6 s` is printed, expected `5 s`"),
        ("{1, 2}", "{1, 3}", 5, "`{1, 3}` is printed, expected `{1, 2}`"),
        ("{1:", "{1", 5, "`{1` is printed, expected `{1:`"),
        ("a ... c", "a b d", 5, "`a b d` is printed, expected `a ... c`"),
        ("2024-01-01", "2024-01-02", 5, "`2024-01-02` is printed, expected `2024-01-01`"),
        ("x" * 81, "y", 5, f"`y` is printed, expected `{'x' * 79}…`"),
    ],
)
def test_the_first_line_that_differs_is_told(text: str, got: str, line: int, fact: str) -> None:
    (found,) = compared(text, got)
    assert (found.place, found.fact) == (Place("SKILL.md", line, 1), fact)
    (cause,) = failures([found])
    assert (cause.kind, cause.place, cause.fact) == (CauseKind.OUTPUT, found.place, fact)
    assert cause.remedy == "correct the block or what it says; `skillcheck run --update` writes what it prints"


@pytest.mark.parametrize(
    ("text", "got", "code"),
    [
        ("2024-01-01 10:00", "2025-06-07 11:12", "print(datetime.now())"),
        ("2024-01-01T10:00:00.123+02:00 x", "2025-06-07T11:12:13Z x", "time.time()"),
        ("10:00", "11:12", "time.strftime('%H:%M')"),
        ("2024-01-01", "2025-06-07", "date.today()"),
        ("1,024 bytes", "96 bytes", "sys.getsizeof(x)"),
        ("1.5 MB", "2 MB", "tracemalloc.start()"),
    ],
)
def test_clocks_and_memory_are_not_taken_at_their_word(text: str, got: str, code: str) -> None:
    assert compared(text, got, code=code) == ()
    assert compared(text, got) != ()


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("1", "1\n"),
        ("(2048,)", "shape: (2048,)\n"),
        ('"hello"', "hello\n"),
        ('"2025-03-15" (always valid)', "2025-03-15\n"),
        ("(3, 768) - embeddings", "(3, 768)\n"),
        ("[1, ..., 9]", "x = [1, 2, 9]\n"),
        ("[1, …]", "[1, 2]\n"),
        ("Valid JSON guaranteed", '{"a": 1}\n'),
        ("[batch, d_in]", ""),
        ("b", "a\nb\nc\n"),
        ("b\nc", "a\nb\nc\n"),
        ("a summary of the data", "\n"),
        ("a\n\nb", "a\nb\n"),
    ],
)
def test_a_remark_that_may_be_true_is_believed(text: str, got: str) -> None:
    assert compared(text, got, Form.REMARK) == ()


@pytest.mark.parametrize(
    ("text", "got", "fact", "becomes"),
    [
        (
            "Risk: High (20)",
            "x\nRisk: High (15)\ny",
            "`Risk: High (15)` is printed, expected `Risk: High (20)`",
            "Risk: High (15)",
        ),
        ("[1, 2]", "[3]\n", "`[3]` is printed, expected `[1, 2]`", "[3]"),
        ("a: 10\nb: 20", "a: 10\nb: 21\n", "`b: 21` is printed, expected `b: 20`", "a: 10\nb: 21"),
    ],
)
def test_a_remark_that_is_a_stale_copy_is_told(text: str, got: str, fact: str, becomes: str) -> None:
    (found,) = compared(text, got, Form.REMARK)
    assert (found.fact, found.becomes) == (fact, becomes)
    assert failures([found]) == ()


def test_lines_that_hold_stay_as_they_are_written() -> None:
    (found,) = compared("a ...\nb\n<at 0x1>\nd ...", "a 1\nc\n<at 0x2>\nd 2\n")
    assert found.becomes == "a ...\nc\n<at 0x1>\nd ..."
    (found,) = compared("a ...\nb\nd ...", "a 1\nb\nc\nd 2\n")
    assert found.becomes == "a ...\nb\nc\nd ..."


@pytest.mark.parametrize(
    ("text", "again", "steady"),
    [("1", ("2\n",), True), ("1", ("3\n",), False), ("...\n1", ("3\n",), True), ("1", (), True), ("1", ("",), False)],
)
def test_what_another_run_prints_otherwise_is_not_steady(text: str, again: tuple[str, ...], steady: bool) -> None:  # noqa: FBT001
    (found,) = mismatches(program(text), ["2\n"], again)
    assert found.steady is steady
    assert bool(failures([found])) is steady


def test_what_changes_behind_an_ellipsis_is_steady() -> None:
    (found,) = mismatches(program("id ...\nb"), ["id 1\nc"], ["id 2\nc"])
    assert (found.steady, found.becomes) == (True, "id ...\nc")


@pytest.mark.parametrize(
    ("form", "got", "output", "holds"),
    [
        (Form.LINES, "", "x\nhi\n", True),
        (Form.LINES, "ho", "x\nhi\n", False),
        (Form.FENCE, "ho", "x\nhi\n", True),
        (Form.FENCE, "", "hi\nx\n", False),
    ],
)
def test_what_other_means_write_is_seen_in_the_whole_output(form: Form, got: str, output: str, holds: bool) -> None:  # noqa: FBT001
    assert (mismatches(program("hi", form), [got], (), output) == ()) is holds


def test_nothing_is_expected_that_other_means_could_write() -> None:
    assert mismatches(program("", Form.FENCE), ["a"], (), "") != ()


def test_a_program_that_tells_nothing_is_not_compared() -> None:
    assert mismatches(program("1"), []) == ()


LINE = st.sampled_from(["a", "b", "...", "a ... b", "", " x", "{1, 2}", "<f at 0x1>", "1.5 s"])
TEXTS = st.lists(LINE, max_size=5).map("\n".join)


@given(TEXTS, TEXTS, st.sampled_from(Form))
def test_what_it_becomes_holds(text: str, got: str, form: Form) -> None:
    for found in compared(text, got, form):
        assert compared(found.becomes, got, form) == ()


@given(st.text(), st.text(), st.sampled_from(Form))
def test_any_texts_can_be_compared(text: str, got: str, form: Form) -> None:
    for found in compared(text, got, form):
        assert compared(found.becomes, got, form) == ()
