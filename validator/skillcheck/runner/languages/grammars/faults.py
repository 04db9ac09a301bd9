"""A tree with errors → the first of them, with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

_CLOSERS = {"{": "}", "(": ")", "[": "]", "${": "}", "#{": "}"}
_OPENERS = {"}": "{", ")": "(", "]": "["}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, at a line and a column of the text, both from 1."""

    line: int
    column: int
    fact: str


def first_fault(tree: Tree, text: str, unfit: Callable[[Node], Iterator[tuple[Node, str]]]) -> Fault:
    """Return the first error of a tree that has one: a bracket without its partner, else what can't be read on.

    A tree without an error has nodes that are `unfit`, which come with what is wrong with them.
    """
    source = text.encode(errors="replace")
    if not tree.root_node.has_error:
        node, fact = next(unfit(tree.root_node))
        return _spot(node, source, fact)
    return unpaired(tree.root_node, source) or _unread(_first_error(tree.root_node), source)


def unpaired(root: Node, source: bytes) -> Fault | None:
    """Return the bracket that is never closed or closes nothing, if the text has more of one than of the other."""
    stack: list[Node] = []
    for leaf in _leaves(root):
        if leaf.type in _CLOSERS:
            stack.append(leaf)
        elif leaf.type in _OPENERS:
            if stack and _CLOSERS[stack[-1].type] == leaf.type:
                stack.pop()
            else:
                return _crossed(stack[-1] if stack else None, leaf, source)
    last = stack[-1] if stack else None
    return _spot(last, source, f"this `{last.type}` is never closed") if last and _uneven(last.type, source) else None


def _crossed(opener: Node | None, closer: Node, source: bytes) -> Fault | None:
    """Return which of two brackets that don't match has no partner, None where the count tells neither."""
    if opener and _uneven(opener.type, source):
        return _spot(opener, source, f"this `{opener.type}` is never closed")
    if _uneven(closer.type, source):
        return _spot(closer, source, f"this `{closer.type}` closes nothing")
    return None


def _uneven(bracket: str, source: bytes) -> bool:
    closer = _CLOSERS.get(bracket, bracket)
    return source.count(closer.encode()) != source.count(_OPENERS[closer].encode())


def _leaves(root: Node) -> Iterator[Node]:
    """Yield the tokens of the text; without recursion, for a text may nest deeper than Python."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.is_missing:
            continue
        if node.child_count:
            pending += reversed(node.children)
        else:
            yield node


def strangers(root: Node, kinds: frozenset[str]) -> Iterator[Node]:
    """Yield the named nodes that are of none of those kinds, in the order of the text."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type not in kinds:
            yield node
        pending += reversed(node.named_children)


def gaps(root: Node, holed: frozenset[str]) -> Iterator[Node]:
    """Yield the commas before which nothing stands, in nodes of other kinds than those.

    A comment is something there: it often stands for what is left out.
    """
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type not in holed:
            both = pairwise(node.children)
            yield from (after for before, after in both if after.type == "," and before.type in {",", *_CLOSERS})
        pending += reversed(node.children)


def _first_error(node: Node) -> Node:
    """Return the first erroneous node in the order of the text; a node may hide the error that it has."""
    while not node.is_error:
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            break
        node = inner
    return node


def _unread(node: Node, source: bytes) -> Fault:
    """Return the fault of an erroneous node: what is missing, or the token at which reading it stopped."""
    if node.is_missing:
        return _spot(
            node, source, f"`{node.type}` is missing" if not node.is_named else f"{_said(node.type)} is missing"
        )
    node = next((child for child in node.children if child.is_error), node)
    while node.child_count:
        node = node.children[0]
    said = source[node.start_byte : node.end_byte].decode(errors="replace").strip().partition("\n")[0]
    short = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return _spot(node, source, f"unexpected `{short}`" if short else "unexpected end")


def _said(kind: str) -> str:
    """Return the grammar's word for a node as words: `type_identifier` as `a type identifier`."""
    words = kind.strip("_").replace("_", " ")
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {words}"


def _spot(node: Node, source: bytes, fact: str) -> Fault:
    row, start = node.start_point
    before = source[node.start_byte - start : node.start_byte]
    return Fault(row + 1, len(before.decode(errors="replace")) + 1, fact)
