"""The words around and in a block -> whether its author shows it as wrong, or as a transcript."""

from __future__ import annotations

import re

from skillcheck.blocks import languages
from skillcheck.model import Block

_CROSSES = re.compile("[❌🚫⛔✗✘👎]")
_CHECKS = re.compile("[✅✓✔👍]")
_TAIL = r"(?:\s*\([^)]*\))?\W*?(?:\s*:.*|\s+[\u2014\u2013-]+\s.*|\W*)$"
_KIND = r"(?:\s+(?:examples?|code|practices?|patterns?|approach(?:es)?|way|ideas?|usage|version|design|style))?"
_DEED = r"(?:\s+(?:do|write|use))?(?:\s+(?:this|that|it|like\s+this))?"
_BAD = re.compile(
    r"^[\W\d_]*(?:(?:the|a|an)\s+)?"
    rf"(?:(?:bad|wrong|incorrect|invalid|not\s+recommended|anti-?\s?patterns?){_KIND}|python\s+2(?:\.[\dx]+)*"
    rf"|(?:don['\u2019]?t|do\s+not|avoid|never){_DEED}){_TAIL}",
    re.IGNORECASE,
)
_LOUD = re.compile(
    r"^[\W\d_]*(?:BAD|WRONG|INCORRECT|INVALID|DON['\u2019]?T|ANTI-?PATTERN|DANGEROUS|VULNERABLE|INSECURE|BROKEN)\b"
)
_SAYS = re.compile(
    r"\bthis\s+is\s+(?:wrong|incorrect|bad|invalid|an?\s+anti-?pattern)\b|\btechnically\s+(?:wrong|invalid)\b"
    r"|\b(?:don['\u2019]?t|do\s+not|never)\s+(?:do|write)\s+(?:this|it\s+like\s+this)\b[^.;,]*:?\s*$",
    re.IGNORECASE,
)
_GOOD = re.compile(
    rf"^[\W\d_]*(?:(?:the|a)\s+)?(?:(?:good|correct|right|better|preferred|recommended|fixed|fix){_KIND}"
    rf"|python\s+3(?:\.[\dx]+)*|do{_DEED}|instead){_TAIL}",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?i)\bpseudo[- ]?code\b")
_FIRST = re.compile(r"(?i)^\W*(?:in )?pseudo[- ]?code\b")
_LONGEST = 200
_PROMPTS = {
    "python": re.compile(r"^(?:>>> |In \[\d+\]: )"),
    "bash": re.compile(r"(?m)^\s*(?:\$ |[\w.-]+@[\w.-]+[:\s][^\n]*?[$#] )\S"),
}


def is_counter_example(block: Block, language: str) -> bool:
    """Whether the nearest words say that the block is wrong: its first comment, else its intro, else its heading."""
    heading = block.headings[-1:] or ("",)
    intro = block.intro.strip().splitlines()[-1:] or [""]
    last = re.split(r"(?<=[.!?])\s+", intro[0])[-1]
    for words in ((*_leading_comments(block.text, language),), (last,), heading):
        for called in map(verdict, words):
            if called is not None:
                return called
    return False


def is_pseudocode(block: Block, language: str) -> bool:
    """Whether the nearest words call the block no more than pseudocode."""
    heading = block.headings[-1:] or ("",)
    intro = block.intro.strip().splitlines()[-1:] or [""]
    first = _leading_comments(block.text, language)[:1] or [""]
    called = _CALLED.search(intro[0]) if intro[0].rstrip().endswith(":") else None
    return bool(_FIRST.match(first[0]) or called or _CALLED.search(heading[0]))


def is_transcript(text: str, language: str) -> bool:
    """Whether the text is what a terminal showed: prompts and answers."""
    prompt = _PROMPTS.get(language)
    return prompt is not None and prompt.search(text.lstrip()) is not None


def verdict(words: str) -> bool | None:
    """Return whether words call a thing wrong (true) or right (false), None where they do neither."""
    words = words[:_LONGEST]
    crossed, checked = _CROSSES.search(words), _CHECKS.search(words)
    if crossed or checked:
        return None if crossed and checked else crossed is not None
    if _LOUD.match(words) or _BAD.match(words) or _SAYS.search(words):
        return True
    return False if _GOOD.match(words) else None


def _leading_comments(text: str, language: str) -> list[str]:
    """Return the comment lines that a block begins with, without their marks."""
    known = languages.named(language)
    mark = known.comment if known and known.comment else "//"
    found: list[str] = []
    for line in text.strip().split("\n"):
        if not line.strip().startswith(mark):
            break
        found.append(line.strip().removeprefix(mark).strip())
    return found
