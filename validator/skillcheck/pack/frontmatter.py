"""The bytes of a SKILL.md → the same bytes with no frontmatter key but those that the upload takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from skillcheck import facts

BOM = b"\xef\xbb\xbf"
FRONTMATTER = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*\r?(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)")  # what YAML counts as a line
Pair = tuple[yaml.Node, yaml.Node]


class NotReducibleError(Exception):
    """SKILL.md's frontmatter cannot be cut down to the upload's keys; the text says why."""


def reduce(content: bytes) -> bytes:
    """Return SKILL.md without a byte order mark and without the lines of the keys that the upload refuses.

    Every other byte stays: comments, quoting, line ends. Raises NotReducibleError where the upload would not find or
    not read the frontmatter, or where taking out a key would change another.
    """
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"SKILL.md is not UTF-8 at byte {error.start}"
        raise NotReducibleError(message) from error
    match = FRONTMATTER.match(text)
    if match is None:
        message = "SKILL.md has no frontmatter between two `---` lines at its top"
        raise NotReducibleError(message)
    return (text[: match.start("yaml")] + _reduced(match["yaml"]) + text[match.end("yaml") :]).encode()


def _reduced(text: str) -> str:
    node = _mapping(text)
    if node is None:
        message = "the frontmatter of SKILL.md is not YAML with a `key: value` on each line"
        raise NotReducibleError(message)
    foreign = [pair for pair in node.value if not _taken(pair)]
    if not foreign:
        return text
    lines, margin = LINE.findall(text), node.start_mark.column
    gone = {number for pair in foreign for number in _extent(pair, lines, margin)}
    reduced = "".join(line for number, line in enumerate(lines) if number not in gone)
    if _aliased(text) or not _same(node, _mapping(reduced)):
        message = f"`{foreign[0][0].value}` cannot be taken out of the frontmatter without changing another key"
        raise NotReducibleError(message)
    return reduced


def _mapping(text: str) -> yaml.MappingNode | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node if isinstance(node, yaml.MappingNode) else None


def _aliased(text: str) -> bool:
    """Whether one part is used in another: a key may then lean on a foreign one, and its value may be without bound."""
    return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))


def _taken(pair: Pair) -> bool:
    field = facts.frontmatter().fields.get(str(pair[0].value))
    return field is not None and field.upload


def _extent(pair: Pair, lines: list[str], margin: int) -> range:
    """Return the lines from a key to the end of its value, with the blank and deeper ones that follow.

    Left behind, these could become part of the value above.
    """
    start, end = pair[0].start_mark.line, max(_ends(pair[1]), default=pair[0].start_mark.line + 1)
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * (margin + 1))):
        end += 1
    return range(start, end)


def _ends(node: yaml.Node) -> Iterator[int]:
    """Yield the line after each part; the end of a block mapping or list is no use, it lies beyond the comments."""
    mark = node.end_mark
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        yield mark.line + (mark.column > 0)
        return
    for part in node.value:
        for child in part if isinstance(part, tuple) else (part,):
            yield from _ends(child)


def _same(before: yaml.MappingNode, after: yaml.MappingNode | None) -> bool:
    kept = [pair for pair in before.value if _taken(pair)]
    return after is not None and [_shape(pair) for pair in kept] == [_shape(pair) for pair in after.value]


def _shape(part: object) -> object:
    """Return what a node says without where it stands."""
    match part:
        case yaml.Node():
            return part.tag, _shape(part.value)
        case list() | tuple():
            return [_shape(child) for child in part]
        case _:
            return part
