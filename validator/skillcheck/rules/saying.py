"""What a sentence says around a file's name -> whether the file is to be there, and whether Claude is sent to it."""

from __future__ import annotations

import re

_NEAR = 400
"""So many characters around a name are looked at; a line may be as long as a file."""

_CODE = re.compile(r"`[^`\n]+`")
_ENDS = re.compile(r"(?<!\be\.g)(?<!\bi\.e)[.!?;](?=\s)|\u3002")
_BEFORE = re.compile(  # of files to come, of others' files or of mistakes
    r"\b(?:creat\w*|writ(?:e|es|ing)|sav(?:e|es|ing)|outputs?|generat(?:e|es|ing)|emit\w*|add(?:s|ing)?|move|moving"
    r"|produc(?:e|es|ing)|(?:as an?|for) (?:example|instance)|an? example|such as|like|would|might|could|may|imagine"
    r"|suppose|optional\w*|named?|called|bad|wrong|projects?|repo\w*|avoid|instead of|don['\u2019]t|do not|never|not"
    r"|(?:extract|factor|split)\b.* (?:to|into)(?= ?\W*$)|(?:if|whether|unless)(?: (?:an?|the|your))?(?= ?\W*$))\b"
    r"|\bexamples?\W*[:,]|\be\.g\.|\u2192",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:with|using|use|via|by|from|through|runs?|running|read|see|per|following|follow)(?: the)?\W*$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\b(?:optional\w*|exists?|present|(?:is|are|was|were) (?:missing|absent|created|written|generated)|not|projects?"
    r"|repo\w*|will (?:be|hold|contain)|for (?:example|instance))\b"
    r"|^\s*\u2192\s*`",  # a path that becomes another one
    re.IGNORECASE,
)
_MARKED = re.compile("[\u2717\u274c]")
_SENDS = re.compile(r"\b(?:read|see|consult|refer to|load|follow|run|open|us(?:e|ing))\b[^.]*$", re.IGNORECASE)
_HOLDS = re.compile(
    r"\b(?:lives?|stands?|documented|described|defined|listed|found|details?|more|examples?|is|are) (?:in|at)"
    r"(?: the)?\W*$|\bmoved to\W*$",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\)?\s*(?:を(?:参照|読|見|使)|に従|参照|参考|参[阅見见])|[.,;]?\s+Read (?:it|that file|this file)\b"
)


def is_to_come(line: str, start: int, end: int) -> bool:
    """Return whether a line says of the file that it names from `start` to `end` that it need not be there.

    What it says in code counts as little as what the file is called.
    """
    before, behind = _sentence(line, start, end)
    is_made = _BEFORE.search(before) is not None and _BY.search(before) is None
    is_marked = _MARKED.search(line, max(0, start - _NEAR), end + _NEAR) is not None
    return is_made or is_marked or _BEHIND.search(behind) is not None


def sends(line: str, start: int, end: int) -> bool:
    """Return whether a line sends Claude to the file that it names from `start` to `end`."""
    before, behind = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
    return any((_SENDS.search(before), _HOLDS.search(before), _SENT.match(behind)))


def _sentence(line: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a part of a line, as far as its sentence goes, without what is code."""
    before = _CODE.sub("`x`", line[max(0, start - _NEAR) : start])
    behind = _CODE.sub("`x`", line[end : end + _NEAR])
    begin = max((found.end() for found in _ENDS.finditer(before)), default=0)
    end_of_sentence = _ENDS.search(behind)
    return before[begin:], behind[: end_of_sentence.start()] if end_of_sentence else behind
