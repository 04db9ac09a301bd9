"""A grammar's package → its parser, loaded when the first text of its language comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from re import Pattern
from typing import TYPE_CHECKING

from skillcheck.runner.languages.grammars.faults import gaps, strangers
from skillcheck.runner.languages.grammars.fillings import Substitutions, without
from skillcheck.runner.languages.grammars.wrapper import ALONE, Wrapper

if TYPE_CHECKING:
    from tree_sitter import Node, Parser, Tree


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language is read.

    `title` is its name in messages; `package` that of its grammar, `entries` the functions there that give one, each
    tried in turn. `wrappers` make its fragments whole. `newer` is syntax that the grammar does not know yet, each with
    what stands for it; `notations` are ways to write of code that are no code. `certain` says whether what the grammar
    refuses is wrong: if it is not, such a text is shown, unless a bracket in it is `paired` with none. `whole` is what
    a text is in when it stands alone. `kinds` are the only nodes that are allowed, any if empty. `holed` are those
    that may have nothing between two commas, if that is more than the grammar says; None if it says it. `blank` is what
    a blank is filled with. `others` say by a pattern at its start what else a block of this language often holds.
    """

    title: str
    package: str
    entries: tuple[str, ...] = ("language",)
    wrappers: tuple[Wrapper, ...] = ()
    newer: Substitutions = ()
    notations: Substitutions = ()
    certain: bool = True
    paired: bool = True
    whole: Wrapper = ALONE
    kinds: frozenset[str] = frozenset()
    holed: frozenset[str] | None = None
    blank: str = "blank"
    others: tuple[tuple[Pattern[str], str], ...] = ()

    def trees(self, text: str) -> tuple[Tree, ...]:
        """Return the tree that each entry makes of a text, until one is without an error."""
        found: list[Tree] = []
        for entry in self.entries:
            found.append(_parser(self.package, entry).parse(text.encode(errors="replace")))
            if self.is_read(found[-1]):
                break
        return tuple(found)

    def is_read(self, tree: Tree) -> bool:
        """Whether a tree has neither an error nor a node that is not allowed."""
        return not tree.root_node.has_error and next(self.unfit(tree.root_node), None) is None

    def unfit(self, root: Node) -> Iterator[tuple[Node, str]]:
        """Yield the nodes that the language does not allow where its grammar does, and what is wrong with each."""
        if self.kinds:
            yield from ((node, "this is no value") for node in strangers(root, self.kinds))
        if self.holed is not None:
            yield from ((node, "nothing stands before this comma") for node in gaps(root, self.holed))

    def accepts(self, text: str) -> bool:
        """Whether one of the entries reads the whole text."""
        return self.is_read(self.trees(text)[-1])

    def modern(self, text: str) -> str:
        """Return the text with the syntax that is newer than the grammar put in older words."""
        return without(self.newer, text)

    def alone(self, *texts: str) -> Iterator[str]:
        """Yield each of the texts once as it stands alone."""
        for text in dict.fromkeys(texts):
            yield self.whole.around(text) or text

    def wholes(self, text: str, *, piece: bool = False) -> Iterator[tuple[str, int]]:
        """Yield the text in each whole that it may be a part of, with the lines that it is moved down.

        A `piece` of a text is not tried as what only a whole block may be.
        """
        for wrapper in (self.whole, *self.wrappers):
            whole = wrapper.around(text)
            if whole is not None and not (piece and wrapper.whole_block):
                yield whole, wrapper.lines


@cache
def _parser(package: str, entry: str) -> Parser:
    trees = import_module("tree_sitter")
    parser: Parser = trees.Parser(trees.Language(getattr(import_module(package), entry)()))
    return parser
