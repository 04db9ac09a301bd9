"""JSON text -> Data, each value with its place."""

from __future__ import annotations

import re
from dataclasses import field
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from skillcheck.load.source import Source
from skillcheck.model import Data, Fault, FaultKind, Json, Place, Pointer
from skillcheck.model.lean import dataclass

MAX_DEPTH = 100

_STRINGS = JSONDecoder()
_BLANK = frozenset(" \t\n\r")
_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'"([ !#-\[\]-~]*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[\w.+-]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONSTANTS: dict[str, Json] = {"true": True, "false": False, "null": None}
_MAX_DIGITS = 1000  # beyond it an integer may not be written out as decimal


class _BadJsonError(Exception):
    """What is wrong, at which offset, and what to do."""

    def __init__(self, offset: int, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.offset = offset
        self.fact = fact
        self.remedy = remedy


def parse(source: Source) -> tuple[Data, tuple[Fault, ...]]:
    """Parse a JSON file; where it is not JSON, return an empty mapping and one fault."""
    reader = _Reader(source)
    try:
        value = reader.document()
    except _BadJsonError as error:
        fault = Fault(FaultKind.BAD_JSON, source.place(error.offset), error.fact, error.remedy)
        return Data({}, {(): Place(source.path)}), (fault,)
    return Data(value, reader.values, reader.keys, tuple(reader.duplicates)), ()


@dataclass(slots=True)
class _Reader:
    source: Source
    at: int = 0
    values: dict[Pointer, Place] = field(default_factory=dict)
    keys: dict[Pointer, Place] = field(default_factory=dict)
    duplicates: list[tuple[Pointer, Place]] = field(default_factory=list)

    def document(self) -> Json:
        value = self.value(())
        if self.peek():
            fact = f"`{self.word()}` follows the end of the value"
            raise self.wrong(fact, "delete it")
        return value

    def peek(self) -> str:
        """Skip white space; return the next character, empty at the end."""
        text = self.source.text
        char = text[self.at : self.at + 1]
        if char in _BLANK:
            space = _SPACE.match(text, self.at)
            self.at = space.end() if space else self.at
            char = text[self.at : self.at + 1]
        return char

    def word(self) -> str:
        found = _WORD.match(self.source.text, self.at)
        return found[0][:40] if found else self.source.text[self.at : self.at + 1]

    def value(self, pointer: Pointer) -> Json:
        char = self.peek()
        start = self.at
        if len(pointer) > MAX_DEPTH:
            fact = f"values nested deeper than {MAX_DEPTH} levels"
            raise self.wrong(fact, "flatten the value")
        value: Json
        match char:
            case "{":
                value = self.mapping(pointer)
            case "[":
                value = self.list(pointer)
            case '"':
                value = self.string()
            case _:
                value = self.literal()
        self.values[pointer] = self.source.place(start, self.at)
        return value

    def mapping(self, pointer: Pointer) -> dict[str, Json]:
        found: dict[str, Json] = {}
        self.at += 1
        more = self.peek() != "}"
        self.at += not more
        while more:
            key = self.key(pointer, found)
            if self.peek() != ":":
                self.refuse("`:` after the key", "write `:` between key and value")
            self.at += 1
            found.pop(key, None)  # the last one wins, also in the order
            found[key] = self.value((*pointer, key))
            more = self.more("}")
        return found

    def key(self, pointer: Pointer, found: dict[str, Json]) -> str:
        if self.peek() != '"':
            self.refuse("a key in double quotes", "put the key in double quotes")
        start = self.at
        key = self.string()
        place = self.source.place(start, self.at)
        if key in found:
            self.duplicates.append(((*pointer, key), place))
        self.keys[*pointer, key] = place
        return key

    def list(self, pointer: Pointer) -> list[Json]:
        found: list[Json] = []
        self.at += 1
        more = self.peek() != "]"
        self.at += not more
        while more:
            found.append(self.value((*pointer, len(found))))
            more = self.more("]")
        return found

    def more(self, closing: str) -> bool:
        """Step over a comma or the closing bracket; say whether another item follows."""
        char = self.peek()
        if char not in {",", closing}:
            self.refuse(f"`,` or `{closing}`", f"write `,` between items, or close with `{closing}`")
        comma = self.at
        self.at += 1
        if char == closing:
            return False
        if self.peek() == closing:
            fact = f"a comma stands before the closing `{closing}`"
            raise self.wrong(fact, "delete the comma", comma)
        return True

    def string(self) -> str:
        if plain := _PLAIN.match(self.source.text, self.at):  # as nearly all are
            self.at = plain.end()
            return plain[1]
        try:
            value, self.at = _STRINGS.raw_decode(self.source.text, self.at)
        except JSONDecodeError as error:
            offset = min(error.pos, len(self.source.text))
            raise self.wrong(_unquoted(error.msg), _mended(error.msg), offset) from error
        text = f"{value}"
        return text if text.isascii() else _SURROGATE.sub("\ufffd", text)

    def literal(self) -> Json:
        word = self.word()
        number = _NUMBER.match(self.source.text, self.at)
        if number and len(number[0]) >= len(word):  # the word is cut where it gets long
            self.at = number.end()
            is_float = number[1] or number[2] or len(number[0]) > _MAX_DIGITS
            return float(number[0]) if is_float else int(number[0])
        if word not in _CONSTANTS:
            self.refuse("a value", "write a string in double quotes, a number, true, false, null, a list or object")
        self.at += len(word)
        return _CONSTANTS[word]

    def wrong(self, fact: str, remedy: str, offset: int | None = None) -> _BadJsonError:
        return _BadJsonError(self.at if offset is None else offset, fact, remedy)

    def refuse(self, wanted: str, remedy: str) -> NoReturn:
        char = self.peek()
        fact = f"`{self.word()}` stands where {wanted} belongs"
        if not self.source.text.strip():
            fact = "the file is empty"
        elif not char:
            fact = f"the file ends where {wanted} belongs"
        elif char == "#" or self.source.text.startswith(("//", "/*"), self.at):
            fact, remedy = "a comment, which JSON does not have", "delete the comment"
        raise self.wrong(fact, remedy)


def _mended(message: str) -> str:
    """Return what to do about a string that cannot be read, by the library's words."""
    if message.startswith("Unterminated"):
        return 'close it with `"`'
    if message.startswith("Invalid control character"):
        return "write a line break as `\\n`, a tab as `\\t`"
    return "write a backslash as `\\\\`"


def _unquoted(message: str) -> str:
    """Turn the library's words into ours."""
    if message.startswith("Unterminated"):
        return "the string is never closed"
    if message.startswith("Invalid control character"):
        return "a line break or control character stands inside a string"
    return message[0].lower() + message[1:].removesuffix(": ").removesuffix(" at")
