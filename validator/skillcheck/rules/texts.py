"""Bundle -> every text of it that people and clients read, and the commands that run when it is loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillcheck.model import Component, ComponentKind, Data, Document, Grant, Injection, Json, Place, Skill, Text
from skillcheck.rules.lines import split

_INLINE = re.compile(r"(?:^|(?<=\s))!`(?P<command>[^`\n]*[^`\s][^`\n]*)`")
_SPANS = re.compile(r"(?<!`)(?P<marks>`{2,})(?!`).*?(?<!`)(?P=marks)(?!`)")
_RUN = "!"
_MARK = "!`"
_PLAIN = r"[\w.,;:()'&+!?-]"
PLAIN = re.compile(rf"(?:{_PLAIN}{{1,19}} )*{_PLAIN}{{0,19}}", re.ASCII)
"""Words that are no paths and too short for a secret: what most strings of a manifest are made of."""


def of_skill(skill: Skill) -> Iterator[Text | Injection]:
    """Yield the documents and scripts of a skill as texts, then what its SKILL.md runs."""
    for document in skill.documents:
        yield Text(document.path, document.text, body_line=document.body_line)
    for script in skill.scripts:
        yield Text(script.path, script.text)
    for document in skill.documents[:1]:
        yield from _of_document(document, skill.frontmatter.grants)


def of_component(component: Component) -> Iterator[Text | Injection]:
    """Yield a component as a text, then what it runs; of JSON each of its strings."""
    if not component.text:
        yield from of_data(component.data)
        return
    yield Text(component.path, component.text)
    if component.kind is ComponentKind.COMMAND and _MARK in component.text:
        yield from _inline(component.path, enumerate(split(component.text), 1), component.grants)


def of_data(data: Data) -> Iterator[Text]:
    """Yield the strings of parsed JSON, where they stand; not those of plain words, of which no rule tells anything."""
    todo: list[tuple[tuple[str | int, ...], Json]] = [((), data.value)]
    while todo:
        pointer, value = todo.pop()
        if isinstance(value, dict):
            todo += [((*pointer, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            todo += [((*pointer, index), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str) and not PLAIN.fullmatch(value):
            place = data.place(*pointer)
            yield Text(place.path, value, place.line, place.column + 1)


def _of_document(document: Document, grants: Sequence[Grant]) -> Iterator[Injection]:
    if _MARK in document.text:
        yield from _inline(document.path, document.prose, grants)
    for block in document.blocks:
        if block.info.startswith(_RUN) and block.text.strip():
            place = Place(document.path, block.line, block.column)
            yield Injection(block.text.strip(), place, tuple(grants))


def _inline(
    path: str, lines: Iterator[tuple[int, str]] | Sequence[tuple[int, str]], grants: Sequence[Grant]
) -> Iterator[Injection]:
    for number, line in lines:
        shown = _SPANS.sub(lambda span: " " * len(span[0]), line) if "``" in line else line
        for found in _INLINE.finditer(shown) if _MARK in shown else ():
            place = Place(path, number, found.start() + 1, number, found.end() + 1)
            yield Injection(found["command"], place, tuple(grants))
