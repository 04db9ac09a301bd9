"""Wrong calls: arguments under another's name, in another's place, a coroutine that nobody awaits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from benchmarks.mutants.source import Edit, Source


def rename_keyword(source: Source) -> Iterator[Edit]:
    """Misspell the name of a keyword argument."""
    for call in source.nodes(ast.Call):
        for keyword in call.keywords:
            if keyword.arg:
                start = source.start(keyword)
                yield Edit(start, start + len(keyword.arg), f"{keyword.arg}_")


def swap_keywords(source: Source) -> Iterator[Edit]:
    """Swap the names of two keyword arguments that stand side by side and differ in what they say."""
    for call in source.nodes(ast.Call):
        named = [keyword for keyword in call.keywords if keyword.arg]
        for first, second in pairwise(named):
            if source.part(first.value) == source.part(second.value):
                continue
            one = f"{second.arg}={source.part(first.value)}"
            other = f"{first.arg}={source.part(second.value)}"
            between = source.text[source.end(first) : source.start(second)]
            yield Edit(source.start(first), source.end(second), one + between + other)


def swap_arguments(source: Source) -> Iterator[Edit]:
    """Swap two positional arguments that stand side by side."""
    for call in source.nodes(ast.Call):
        for first, second in pairwise(call.args):
            if not isinstance(first, ast.Starred) and not isinstance(second, ast.Starred):
                between = source.text[source.end(first) : source.start(second)]
                text = source.part(second) + between + source.part(first)
                yield Edit(source.start(first), source.end(second), text)


def drop_await(source: Source) -> Iterator[Edit]:
    """Forget to await."""
    for node in source.nodes(ast.Await):
        yield Edit(source.start(node), source.start(node.value), "")


OPERATORS = (rename_keyword, swap_keywords, swap_arguments, drop_await)
