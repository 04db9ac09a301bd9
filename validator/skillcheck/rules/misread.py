"""Text that was read in a wrong encoding and saved again → where, and what it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_BOUNDS = (0x80, 0xC0)
_SECOND = (*range(0x80, 0x85), *range(0x86, 0x90), *range(0x94, 0x9F), *range(0xAC, 0xB0))
"""What follows 0xE2 in quotes, dashes, arrows, signs of currency and mathematics, frames and dingbats."""

_CODECS = ("cp1252", "latin-1", "mac_roman", "cp437", "cp850")


def _byte(codec: str, number: int) -> str:
    """Return what a codec makes of a byte; what Windows leaves undefined is a control character."""
    return bytes([number]).decode(codec, "ignore") or chr(number)


_BYTES = {codec: {_byte(codec, number): number for number in range(0x80, 0x100)} for codec in _CODECS}


def _any(codec: str, numbers: tuple[int, ...] | range = range(*_BOUNDS)) -> str:
    return f"[{re.escape(''.join(_byte(codec, number) for number in numbers))}]"


_DOUBTFUL = "\xa0\xab\xbb\xad\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2039\u203a"  # may follow a capital letter
_LETTERS = (  # two bytes of Latin letters and signs
    rf"\xc3(?![{_DOUBTFUL}]){_any('cp1252')}|(?<=[a-z])\xc3{_any('cp1252')}|\xc3{_any('cp1252')}(?=[a-z])"
    rf"|\xc2(?![\xa0\xab\xbb\xaa\xba])[\xa1-\xbf]|(?<=[a-z0-9 .,:;!?)])\xc2[\xa0-\xbf]"
)
_CUT = rf"\xe2\u20ac(?!{_any('cp1252')})"  # the last byte of a closing quote is undefined, and was dropped


@cache
def _pattern(codec: str) -> re.Pattern[str]:
    """Return what finds a run of misread letters; few texts have any that begin as one, and it is slow to compile."""
    own = (rf"\xef\xbb\xbf|\xef[\xbc\xbd]{_any(codec)}|{_LETTERS}|{_CUT}",) if codec == "cp1252" else ()
    signs = _byte(codec, 0xE2) + _any(codec, _SECOND) + _any(codec)
    kana = _byte(codec, 0xE3) + _any(codec, range(0x80, 0x84)) + _any(codec)
    emoji = _byte(codec, 0xF0) + _byte(codec, 0x9F) + _any(codec) * 2
    return re.compile(f"(?:{'|'.join((signs, kana, emoji, *own))})+")


_LEADS = {
    codec: tuple(
        _byte(codec, number) for number in (0xE2, 0xE3, 0xF0, *((0xC2, 0xC3, 0xEF) if codec == "cp1252" else ()))
    )
    for codec in _CODECS
}
_LOST = re.compile(_CUT)
_QUOTES = frozenset("\"'`")


def leads(letters: str) -> bool:
    """Return whether there is one among some letters with which what was misread begins."""
    return any(lead in letters for each in _LEADS.values() for lead in each)


def misread(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a text was misread, what stands there, and what stood there; quoted by itself it is an example."""
    for codec in _CODECS if not text.isascii() else ():
        for found in _pattern(codec).finditer(text) if any(map(text.__contains__, _LEADS[codec])) else ():
            quotes = {text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]}
            if not (len(quotes) == 1 and quotes <= _QUOTES):
                yield found.start(), found[0], _before(found[0], codec)


def _before(run: str, codec: str) -> str:
    """Return the text that was misread, perhaps twice, without byte order marks."""
    text = _once(run, codec)
    return (_once(text, codec) if _pattern(codec).fullmatch(text) else text).replace("\ufeff", "")


def _once(run: str, codec: str) -> str:
    """Return the text that was misread; what the pattern finds is UTF-8."""
    return bytes(_BYTES[codec][char] for char in _LOST.sub("\\g<0>\x9d", run)).decode()
