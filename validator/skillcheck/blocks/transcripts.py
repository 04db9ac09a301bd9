"""What an interactive session showed -> the Python that was typed, with what it answered as comments below."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from skillcheck.blocks.names import spot
from skillcheck.blocks.parsing import parse
from skillcheck.model import Block

TRACEBACK = "#> Traceback (most recent call last):"
DOTS = "#> ..."
_BEGIN = re.compile(r"\s*>>> ")
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
    from skillcheck.blocks import sessions  # noqa: PLC0415 - doctest is slow to import, and few blocks are sessions

    try:
        found = sessions.examples(block.text)
    except ValueError:
        return None
    if not found:
        return None  # a prompt at which nothing was typed
    lines = [""] * block.text.count("\n")
    for example in found:
        for number, line in enumerate(sessions.lines(example), example.lineno):
            lines[number] = line
    text = "".join(f"{line}\n" for line in lines)
    return replace(block, text=text, column=block.column + min(each.indent for each in found) + _PROMPT)


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
        if lines[end + 1 : end + 2] == [TRACEBACK] and not hasattr(statement, "body"):
            count = next((number for number, line in enumerate(lines[end + 2 :]) if line != DOTS), 0)
            lines[first] = f"{_RAISING.format(count=count)}{lines[first]}"
    return "\n".join(lines)
