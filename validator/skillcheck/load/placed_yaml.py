"""YAML text -> Data: values by the YAML 1.2 core schema, each with its place."""

from __future__ import annotations

import math
import re
from dataclasses import field
from typing import Any

import yaml

from skillcheck.load.source import Source
from skillcheck.model import Data, Json, Place, Pointer
from skillcheck.model.lean import dataclass

MAX_DEPTH = 100
_PIECE = 1000  # characters that are looked through at a time
MAX_VALUES = 20_000

_PARSER: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader  # type: ignore[attr-defined]
_MERGE = "<<"
_CORE = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null"))
_TAGS = re.compile(r"!|tag:yaml\.org,2002:(?:binary|bool|float|int|map|null|omap|pairs|seq|set|str|timestamp)")
_OWN = re.compile(r"!($|[A-Za-z0-9-])|(?!tag:yaml\.org,2002:!)[^!]")  # measured with the client: how a tag begins
_FIRST = frozenset(["", *"nNtTfF~+-.0123456789"])  # of what may be no text
_NULL = re.compile(r"null|Null|NULL|~|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_RADIX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITY = re.compile(r"([-+]?)\.(inf|Inf|INF)")
_NAN = re.compile(r"\.(nan|NaN|NAN)")
_LINE = re.compile(r"\n([ \t]*)(?=[^] \t\r\n}])")  # a bracket may close in any column
_FORBIDDEN = re.compile(  # what is allowed, of which it is the rest, takes twenty times as long to compile
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_MAX_DIGITS = 1000  # beyond it an integer may not be written out as decimal


class BadYamlError(Exception):
    """The text is not YAML: `problem` in a parser's words, at `offset` of the source."""

    def __init__(self, problem: str, offset: int, *, is_limit: bool = False) -> None:
        """Keep what is wrong and where, and whether it is YAML, of which there is more than is read."""
        super().__init__(problem)
        self.problem = problem
        self.offset = offset
        self.is_limit = is_limit


@dataclass(slots=True)
class _Node:
    """One value while the document is read; `size` counts the values in it, `height` the levels."""

    value: Json
    start: int
    end: int
    anchor: str | None = None
    children: dict[str | int, tuple[_Node, _Node | None]] = field(default_factory=dict)
    duplicates: list[tuple[str, _Node]] = field(default_factory=list)
    merged: list[_Node] = field(default_factory=list)
    pending: _Node | None = None
    size: int = 1
    height: int = 1
    column: int | None = None
    is_open: bool = False


def parse(source: Source, start: int, end: int, *, any_tag: bool = False) -> Data:
    """Parse `source.text[start:end]`; raise BadYamlError where it is not YAML, or has a tag that few readers know."""
    return _placed(source, _Composer(source.text[start:end], start, any_tag=any_tag).document())


def scalar(text: str) -> Json:
    """Return the value of a plain scalar by the YAML 1.2 core schema."""
    if text[:1] not in _FIRST:
        return text
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text.lower() == "true"
    return _number(text)


def _number(text: str) -> Json:
    if _DECIMAL.fullmatch(text):
        return int(text) if len(text) < _MAX_DIGITS else float(text)
    if _RADIX.fullmatch(text):
        return int(text, 0) if len(text) < _MAX_DIGITS else math.inf
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinity := _INFINITY.fullmatch(text):
        return -math.inf if infinity[1] == "-" else math.inf
    return math.nan if _NAN.fullmatch(text) else text


class _Composer:
    """Builds the tree from the parser's events, without recursion and within bounds."""

    def __init__(self, text: str, base: int, *, any_tag: bool) -> None:
        self.text = text
        self.base = base
        self.any_tag = any_tag
        self.anchors: dict[str, _Node] = {}
        self.stack: list[_Node] = []
        self.roots: list[_Node] = []
        self.count = 0

    def document(self) -> _Node:
        """Return the only document, or, as Claude Code does, a list of several."""
        self.read()
        match self.roots:
            case []:
                return _Node(None, self.base, self.base)
            case [root]:
                return root
            case roots:
                whole = _Node([node.value for node in roots], roots[0].start, roots[-1].end)
                whole.children.update((index, (node, None)) for index, node in enumerate(roots))
                return whole

    def read(self) -> None:
        if forbidden := _FORBIDDEN.search(self.text):
            problem = f"control character U+{ord(forbidden[0]):04X}"
            raise BadYamlError(problem, self.base + forbidden.start())
        parser = _PARSER(self.text)
        try:
            while parser.check_event():
                self.take(parser.get_event())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            is_escape = re.search("escape|hexdecimal", f"{error.problem}")
            if not is_escape and re.search("quoted|flow|simple key", f"{error.context}"):
                mark = error.context_mark  # the quote or bracket that is never closed, not the end of the text
            offset = mark.index if mark else 0
            problem = f"{error.problem}"
            raise BadYamlError(problem, self.base + min(offset, len(self.text))) from error
        finally:
            parser.dispose()

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events have no common typed base
        start, end = self.base + event.start_mark.index, self.base + event.end_mark.index
        tag = getattr(event, "tag", None)
        if tag and not (_OWN.match(tag) if self.any_tag else _TAGS.fullmatch(tag)):
            problem = f"the tag `{tag}`"
            raise BadYamlError(problem, start)
        match event:
            case yaml.ScalarEvent():
                if event.style in {"'", '"'}:
                    self.indented(start, end)
                self.put(_Node(_value(event), start, end, event.anchor))
            case yaml.AliasEvent():
                self.put(self.aliased(f"{event.anchor}", start, end))
            case yaml.SequenceStartEvent():
                self.open(_Node([], start, start, event.anchor, is_open=True, column=_block_column(event)))
            case yaml.MappingStartEvent():
                self.open(_Node({}, start, start, event.anchor, is_open=True, column=_block_column(event)))
            case yaml.CollectionEndEvent():
                if self.stack[-1].column is None:
                    self.indented(self.stack[-1].start, end)
                self.close(start, end)
            case yaml.DocumentStartEvent():
                self.anchors.clear()

    def indented(self, start: int, end: int) -> None:
        """Refuse a line inside quotes or brackets that is not indented deeper than the block around it."""
        column = max((node.column for node in self.stack if node.column is not None), default=-1)
        for line in _LINE.finditer(self.text, start - self.base, end - self.base):
            if len(line[1]) <= column:
                problem = "a line inside quotes or brackets that is not indented deeper than its field"
                raise BadYamlError(problem, self.base + line.start(1))

    def open(self, node: _Node) -> None:
        self.bound(node, 1)
        if node.anchor:
            self.anchors[node.anchor] = node
        self.stack.append(node)

    def bound(self, node: _Node, height: int) -> None:
        if len(self.stack) + height > MAX_DEPTH:
            problem = f"values nested deeper than {MAX_DEPTH} levels"
            raise BadYamlError(problem, node.start, is_limit=True)

    def close(self, start: int, end: int) -> None:
        node = self.stack.pop()
        # a block collection ends where the next token starts: cut the blank lines between
        node.end = max(node.start, self.base + _trimmed(self.text, max(start, end) - self.base))
        node.is_open = False
        if isinstance(node.value, dict):
            _merge(node, node.value)
        self.put(node)

    def aliased(self, anchor: str, start: int, end: int) -> _Node:
        target = self.anchors.get(anchor)
        if target is None:
            problem = f"alias `*{anchor}` has no anchor `&{anchor}`"
            raise BadYamlError(problem, start)
        if target.is_open:
            return _Node(None, start, end)  # a value that holds itself cannot be written out
        self.count += target.size - 1
        node = _Node(target.value, start, end, None, target.children, size=target.size, height=target.height)
        self.bound(node, node.height)
        return node

    def put(self, node: _Node) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            problem = f"more than {MAX_VALUES} values with aliases written out"
            raise BadYamlError(problem, node.start, is_limit=True)
        if node.anchor:
            self.anchors[node.anchor] = node
        if not self.stack:
            self.roots.append(node)
            return
        parent = self.stack[-1]
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        match parent.value:
            case list() as items:
                parent.children[len(items)] = node, None
                items.append(node.value)
            case dict() as mapping if parent.pending is not None:
                self.pair(parent, mapping, parent.pending, node)
            case _:
                parent.pending = node

    def pair(self, parent: _Node, mapping: dict[str, Json], key: _Node, node: _Node) -> None:
        parent.pending = None
        if key.value == _MERGE and (mappings := _mappings(node)):
            parent.merged += mappings
            return
        name = key.value if isinstance(key.value, str) else self.text[key.start - self.base : key.end - self.base]
        if name in mapping:
            parent.duplicates.append((name, key))
            del mapping[name]  # the last one wins, also in the order
        mapping[name] = node.value
        parent.children[name] = node, key


def _trimmed(text: str, end: int) -> int:
    """Return where a text that ends there ends without the blanks; cutting it off copies no more than they are."""
    while end > _PIECE and text[end - _PIECE : end].isspace():
        end -= _PIECE
    start = max(0, end - _PIECE)
    return start + len(text[start:end].rstrip())


def _value(event: Any) -> Json:  # noqa: ANN401 - PyYAML's events have no common typed base
    """Return what a scalar says; with a tag of no core type it is text, as Claude Code reads it, if there is any."""
    is_text = event.style or event.tag == "!" or (event.tag and event.tag not in _CORE and event.value)
    return event.value if is_text else scalar(event.value)


def _block_column(event: Any) -> int | None:  # noqa: ANN401 - PyYAML's events have no common typed base
    """Return the column of a collection that is told by its indentation, None for one in brackets."""
    return None if event.flow_style else event.start_mark.column


def _mappings(node: _Node) -> list[_Node]:
    """Return what a value of `<<` merges: itself, or those in it."""
    if isinstance(node.value, dict):
        return [node]
    items = node.children.values() if isinstance(node.value, list) else ()
    return [child for child, _ in items if isinstance(child.value, dict)]


def _merge(node: _Node, mapping: dict[str, Json]) -> None:
    """Add what `<<` names, as far as the mapping does not say it itself."""
    for source in node.merged:
        for name, child in source.children.items():
            if isinstance(name, str) and name not in mapping:
                mapping[name] = child[0].value
                node.children[name] = child


def _placed(source: Source, root: _Node) -> Data:
    values: dict[Pointer, Place] = {}
    keys: dict[Pointer, Place] = {}
    duplicates: list[tuple[Pointer, Place]] = []
    todo: list[tuple[Pointer, _Node]] = [((), root)]
    while todo:
        pointer, node = todo.pop()
        values[pointer] = source.place(node.start, node.end)
        duplicates += [((*pointer, name), source.place(key.start, key.end)) for name, key in node.duplicates]
        for step, (child, key) in node.children.items():
            if key is not None:
                keys[*pointer, step] = source.place(key.start, key.end)
            todo.append(((*pointer, step), child))
    duplicates.sort(key=lambda duplicate: duplicate[1])
    return Data(root.value, values, keys, tuple(duplicates))
