"""What a program was expected to print, and what it printed -> where the two differ."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest

from skillcheck.model import Cause, CauseKind, Expectation, Form, Mismatch, Program
from skillcheck.runner.volatile import evened

Even = Callable[[str], str]
ALIKE = 0.6
"""How much of a remark must be what was printed for it to be a copy of it, and not words about it."""
LONGEST = 80
REMEDY = "correct the block or what it says; `skillcheck run --update` writes what it prints"


def mismatches(
    program: Program, printed: Sequence[str], again: Sequence[str] = (), output: str = ""
) -> tuple[Mismatch, ...]:
    """Return the expectations of `program` that do not hold of what was `printed` for each.

    `again` is what was printed for each when it was run once more, `output` the end of all that the program wrote, by
    whatever means.
    """
    if len(printed) != len(program.expected):
        return ()  # the program ended in a way that leaves nothing to compare
    even = evened(program)
    found = []
    for number, (expected, got) in enumerate(zip(program.expected, printed, strict=True)):
        if not _holds(expected, got, output, even):
            other = again[number] if len(again) == len(printed) else got
            found.append(_mismatch(expected, got, other, even))
    return tuple(found)


def failures(found: Sequence[Mismatch]) -> tuple[Cause, ...]:
    """Return the causes among the mismatches: what was declared to be printed, and what each run prints otherwise."""
    return tuple(
        Cause(CauseKind.OUTPUT, each.place, each.fact, REMEDY)
        for each in found
        if each.steady and each.expectation.form is not Form.REMARK
    )


def _holds(expected: Expectation, got: str, output: str, even: Even) -> bool:
    wanted, found = _plain(even(expected.text)), _plain(even(got))
    if expected.form is Form.REMARK:
        return _remark_holds(wanted, found)
    if _same(wanted, found):
        return True
    if not wanted or (found and expected.form in {Form.LINES, Form.SESSION}):
        return False
    return _ends(wanted, _plain(even(output)))  # what a process or a library in C writes is seen there alone


def _same(wanted: str, found: str) -> bool:
    if wanted == found or (_is_set(wanted) and _value(wanted) == _value(found)):
        return True
    lines, others = wanted.split("\n"), found.split("\n")
    if len(lines) == len(others) > 1 and all(map(_same, lines, others)):
        return True
    return _matches(wanted.replace("…", "..."), found)


def _matches(wanted: str, found: str) -> bool:
    """Whether `...` in what is wanted can stand for what else was found."""
    if "..." not in wanted:
        return False
    import doctest  # noqa: PLC0415 - slow to import, and seldom needed

    flags = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1
    return doctest.OutputChecker().check_output(f"{wanted}\n", f"{found}\n", flags)


def _ends(wanted: str, output: str) -> bool:
    count = wanted.count("\n") + 1
    return _same(wanted, "\n".join(output.split("\n")[-count:]))


def _remark_holds(wanted: str, found: str) -> bool:
    """Whether a remark is true of what was printed, or says nothing that could be compared with it.

    Most remarks are prose, or part of what is printed, or more than it: it is enough that each line is found in a line.
    """
    lines = found.split("\n")
    missing = [line for line in filter(None, wanted.split("\n")) if not any(_about(line, each) for each in lines)]
    if not missing or not found:
        return True
    likest = max(_likeness(line, each) for line in missing for each in lines)
    return likest < ALIKE and not (_value(wanted) is not None and _value(found) is not None)


def _about(wanted: str, found: str) -> bool:
    bare, dots = wanted.strip().strip("\"'`"), wanted.strip().replace("…", "...")
    if not found.strip():
        return False
    return bare in found or found.strip() in wanted or ("..." in dots and _matches(f"...{dots}...", found))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.strip()[:LONGEST], other.strip()[:LONGEST], autojunk=False).ratio()


def _mismatch(expected: Expectation, got: str, again: str, even: Even) -> Mismatch:
    wanted = _lines(expected.text)
    found, elsewhere = (_meant(expected.form, wanted, _lines(text)) for text in (got, again))
    holds = _holding(expected.form, even)
    pairs = enumerate(zip_longest(wanted, found))
    number, (one, other) = next((number, pair) for number, pair in pairs if None in pair or not holds(pair))
    line = min(expected.body + number, max(expected.place.end_line or 0, expected.place.line))
    becomes = _becomes(wanted, found, holds)
    steady = [*map(even, becomes)] == [*map(even, _becomes(wanted, elsewhere, holds))]
    return Mismatch(expected, got, line, one, other, "\n".join(becomes), steady)


def _meant(form: Form, wanted: Sequence[str], found: Sequence[str]) -> Sequence[str]:
    """Return the lines that are compared; a remark of one line speaks of the one that is most like it."""
    if form is Form.REMARK and len(wanted) == 1 and found:
        return [max(found, key=lambda line: _likeness(wanted[0], line))]
    return found


def _holding(form: Form, even: Even) -> Callable[[tuple[str, str]], bool]:
    """Return what says whether a line that is wanted holds of one that was found."""
    same = _about if form is Form.REMARK else _same
    return lambda pair: same(even(pair[0]), even(pair[1]))


def _becomes(wanted: Sequence[str], found: Sequence[str], holds: Callable[[tuple[str, str]], bool]) -> list[str]:
    """Return the lines that were found, with those that are wanted and hold of them in their place."""
    head = [one for one, _ in takewhile(holds, zip(wanted, found, strict=False))]
    ends = zip(reversed(wanted[len(head) :]), reversed(found[len(head) :]), strict=False)
    tail = [one for one, _ in takewhile(holds, ends)]
    between = found[len(head) : len(found) - len(tail)]
    if len(wanted) == len(found):
        pairs = zip(wanted[len(head) :], between, strict=False)
        between = [one if holds((one, other)) else other for one, other in pairs]
    return [*head, *between, *reversed(tail)]


def _lines(text: str) -> list[str]:
    plain = _plain(text)
    return plain.split("\n") if plain else []


def _plain(text: str) -> str:
    """Return the text without blanks at the ends of lines, and without blank lines around it."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")


def _value(text: str) -> object:
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _is_set(text: str) -> bool:
    return text.startswith("{") and isinstance(_value(text), set)
