"""An interactive session → its examples, each as the lines that were typed and what was answered."""

from __future__ import annotations

import doctest
from collections.abc import Iterator, Sequence

from skillcheck.blocks.transcripts import DOTS, TRACEBACK


def examples(text: str) -> Sequence[doctest.Example]:
    """Return what was typed, each with what was answered; ValueError where it is no session that doctest reads."""
    return doctest.DocTestParser().get_examples(text)


def lines(example: doctest.Example) -> Iterator[str]:
    """Yield what was typed and, as `#>` comments, what was answered."""
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
    yield TRACEBACK
    yield from (DOTS for _ in wanted[1 : len(wanted) - len(message)])
    yield from (f"#> {line}" for line in message)
