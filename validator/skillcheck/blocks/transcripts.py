"""What an interactive session showed -> the Python that was typed, with what it answered as comments below."""

from __future__ import annotations

import ast
import doctest
import re
from collections.abc import Iterator
from dataclasses import replace

from skillcheck.blocks.names import spot
from skillcheck.blocks.parsing import parse
from skillcheck.model import Block

_BEGIN = re.compile(r"\s*>>> ")
_TRACEBACK = "#> Traceback (most recent call last):"
_DOTS = "#> ..."
_PROMPT = 4
_RAISING = (
    'with __import__("contextlib").ExitStack() as __: __.push(lambda _, error, trace: error is not None and (print('
    '"Traceback (most recent call last):\\n" + "...\\n" * {count} + '
    '"".join(__import__("traceback").format_exception_only(error)).rstrip()) or True)); '
)


def typed(block: Block) -> Block | None:
    """Return the block as the Python that was typed, on the same lines; None where it is no session that doctest reads.

    What was answered stands below as `#>` comments, so that it is compared with what is printed.
    """
    if _BEGIN.match(block.text) is None:
        return None
    try:
        examples = doctest.DocTestParser().get_examples(block.text)
    except ValueError:
        return None
    lines = [""] * block.text.count("\n")
    for example in examples:
        for number, line in enumerate(_lines(example), example.lineno):
            lines[number] = line
    text = "".join(f"{line}\n" for line in lines)
    return replace(block, text=text, column=block.column + min(each.indent for each in examples) + _PROMPT)


def _lines(example: doctest.Example) -> Iterator[str]:
    source = example.source.removesuffix("\n").split("\n")
    if example.options.get(doctest.SKIP):
        source = [f"# {line}" for line in source]
    yield from source
    wanted = example.want.removesuffix("\n").split("\n") if example.want else []
    if example.options.get(doctest.SKIP) or example.options.get(doctest.NORMALIZE_WHITESPACE):
        yield from ("#" for _ in wanted)  # it is not compared line by line
    elif example.exc_msg is not None:
        yield from _raised(example, wanted)
    else:
        yield from (f"#> {'' if line == '<BLANKLINE>' else line}" for line in wanted)


def _raised(example: doctest.Example, wanted: list[str]) -> Iterator[str]:
    """Yield what is wanted of an exception: doctest does not look at where it came from either."""
    message = (example.exc_msg or "").removesuffix("\n").split("\n")
    if example.options.get(doctest.IGNORE_EXCEPTION_DETAIL):
        message = [f"{message[0].partition(':')[0]}...", *message[1:]]
    yield _TRACEBACK
    yield from (_DOTS for _ in wanted[1 : len(wanted) - len(message)])
    yield from (f"#> {line}" for line in message)


def answering(text: str) -> str:
    """Return what was typed such that it prints what a session shows of it: values, and exceptions that are wanted."""
    tree = parse(text)
    lines = text.split("\n")
    for statement in reversed(tree.body if tree else []):
        end, (_, column) = (statement.end_lineno or 0) - 1, spot(lines, statement.lineno, statement.col_offset)
        first = statement.lineno - 1
        if isinstance(statement, ast.Expr):
            _, stop = spot(lines, end + 1, statement.end_col_offset or 0)
            lines[end] = f"{lines[end][: stop - 1]}){lines[end][stop - 1 :]}"
            lines[first] = f"{lines[first][: column - 1]}__import__('sys').displayhook({lines[first][column - 1 :]}"
        if lines[end + 1 : end + 2] == [_TRACEBACK] and not hasattr(statement, "body"):
            count = next((number for number, line in enumerate(lines[end + 2 :]) if line != _DOTS), 0)
            lines[first] = f"{_RAISING.format(count=count)}{lines[first]}"
    return "\n".join(lines)
