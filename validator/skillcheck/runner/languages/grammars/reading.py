"""A grammar → the parser of its language: whole, then in parts, then filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter

from skillcheck.runner.languages import ACCEPTED, Verdict
from skillcheck.runner.languages.grammars.faults import Fault, first_fault, unpaired
from skillcheck.runner.languages.grammars.fillings import filled, without
from skillcheck.runner.languages.grammars.grammar import Grammar

LARGEST = 1_000_000
"""Characters beyond which a text is not read: a grammar takes a quarter of a second for them."""
PATIENCE = 3_000_000
"""Characters that are read at most to find what a text is a part of: about a second."""
LARGEST_PART = 20_000
"""Characters beyond which a text is not taken apart or filled in."""
_MOST_PIECES = 60
_PIECES = (re.compile(r"\n(?:[ \t]*\n)+"), re.compile(r"\n"))
_OUTPUT = re.compile(
    r"\s*(?:(?:fatal |runtime )?(?:error|warning)(?:\[\w+\])?: |panic: |Exception in thread |Caused by: "
    r"|goroutine \d+ \[|thread '[^'\n]*' panicked|at [\w$.<>/]+\([\w.]+:\d+\)"
    r"|(?:[a-z]\w*\.)+(?:[A-Z]\w*)?(?:Exception|Error)\b|Uncaught )"
)
"""What compilers and interpreters print, often shown in a block of the language that it is about."""
_REMEDY = "correct it, or tag the block with its own language"


def reader(grammar: Grammar) -> Callable[[str], Verdict]:
    """Return what reads a text by a grammar."""

    def parse(text: str) -> Verdict:
        if len(text) > LARGEST:
            return Verdict(reason=f"longer than {LARGEST} characters")
        modern = grammar.modern(text)
        if any(map(grammar.accepts, grammar.alone(text, modern))):
            return ACCEPTED
        reason = _other(grammar, text) or _Reading(grammar).excuse(modern)
        if reason:
            return Verdict(reason=reason)
        fault = _bracket(grammar, modern) or (_furthest(grammar, modern) if grammar.certain else None)
        if fault is None:
            return Verdict(reason="not read by its parser")
        return Verdict(f"this is not {grammar.title}: {fault.fact}", _REMEDY, fault.line, fault.column)

    return parse


def _other(grammar: Grammar, text: str) -> str:
    """Return what the text is by its look if it is not of its language, empty if it doesn't look like anything else."""
    return next((name for pattern, name in (*grammar.others, (_OUTPUT, "output")) if pattern.match(text)), "")


@dataclass(slots=True)
class _Reading:
    """Tries what a text may be a part of, or stand for, as long as its patience lasts."""

    grammar: Grammar
    patience: int = PATIENCE

    def excuse(self, text: str) -> str:
        """Return why a text that the grammar refuses need not be whole, empty where it must."""
        if len(text) > LARGEST_PART:
            return "a fragment" if self.is_part(text) else ""
        if self.in_parts(text):
            return "a fragment"
        if self.grammar.notations and self.in_parts(without(self.grammar.notations, text)):
            return "a signature"
        return "a template" if any(map(self.in_parts, filled(text, self.grammar.blank))) else ""

    def in_parts(self, text: str) -> bool:
        """Whether the text, or each stretch of its paragraphs or lines, is a part of something whole."""
        return self.is_part(text) or any(self.in_pieces(pattern.split(text)) for pattern in _PIECES)

    def in_pieces(self, pieces: list[str]) -> bool:
        if not 1 < len(pieces) <= _MOST_PIECES or not _balanced("\n".join(pieces)):
            return False
        stretch: list[str] = []
        for piece in pieces:
            stretch.append(piece)
            text = "\n".join(stretch)
            if _balanced(text) and self.is_part(text, piece=True):
                stretch = []
        return not stretch

    def is_part(self, text: str, *, piece: bool = False) -> bool:
        for whole, _ in self.grammar.wholes(text, piece=piece):
            self.patience -= len(whole)
            if self.patience < 0:
                return False
            if self.grammar.accepts(whole):
                return True
        return False


def _balanced(text: str) -> bool:
    """Whether a text has as many opening brackets as closing ones: a cheap look before the grammar's."""
    return all(text.count(opener) == text.count(closer) for opener, closer in ("{}", "()", "[]"))


def _bracket(grammar: Grammar, text: str) -> Fault | None:
    """Return the bracket without a partner, which is wrong even where the grammar knows its language only in part."""
    if not grammar.paired:
        return None
    whole = grammar.whole.around(text) or text
    found = unpaired(grammar.trees(whole)[-1].root_node, whole.encode(errors="replace"))
    return replace(found, line=max(found.line - grammar.whole.lines, 1)) if found else None


def _furthest(grammar: Grammar, text: str) -> Fault:
    """Return the first error of the reading that gets furthest, as one does that is without errors of the grammar."""
    lines = text.rstrip().count("\n") + 1
    found: list[tuple[bool, int, int, Fault]] = []
    for whole, moved in grammar.wholes(text):
        for tree in grammar.trees(whole):
            fault = first_fault(tree, whole, grammar.unfit)
            if 0 < fault.line - moved <= lines:
                moved_up = Fault(fault.line - moved, fault.column, fault.fact)
                found.append((not tree.root_node.has_error, moved_up.line, moved_up.column, moved_up))
    furthest = max(found, key=itemgetter(0, 1, 2))[-1] if found else Fault(lines, 1, "unexpected end")
    return _comma(grammar, text, furthest) or furthest


def _comma(grammar: Grammar, text: str, fault: Fault) -> Fault | None:
    """Return that a comma is missing, if one at the end of the fault's line, or the one before, mends all."""
    if len(text) > LARGEST_PART:
        return None
    lines = text.split("\n")
    begins = not lines[fault.line - 1][: fault.column - 1].strip()
    for number in (fault.line - 1, fault.line) if begins else (fault.line,):
        before = "\n".join(lines[:number]).rstrip()
        mended = f"{before},{text[len(before) :]}"
        if before and any(grammar.accepts(whole) for whole, _ in grammar.wholes(mended)):
            return Fault(before.count("\n") + 1, len(before) - before.rfind("\n"), "`,` is missing")
    return None
