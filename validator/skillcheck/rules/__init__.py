"""Nodes -> findings: every rule of the folder, and the engine that puts nodes before them."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TypeAlias

from skillcheck.model import (
    Archive,
    Bundle,
    Component,
    Data,
    Document,
    Fault,
    FaultKind,
    Finding,
    Marketplace,
    Plugin,
    Skill,
)
from skillcheck.rules.rule import Example, Rule, Told, rule
from skillcheck.rules.texts import of_component, of_data, of_skill

__all__ = [
    "RULES",
    "Example",
    "Outer",
    "Rule",
    "Told",
    "in_order",
    "judge",
    "named",
    "nodes",
    "nodes_of",
    "outer_nodes",
    "outers",
    "rule",
    "skill_nodes",
]

Outer: TypeAlias = Archive | Marketplace | Plugin

RULES: tuple[Rule, ...]
"""Every rule, by its code; loaded when it is asked for."""

MEASURED, MEASURED_NODES = "results", frozenset({"Cell", "Result", "TestRun"})
"""The folder of rules of what only running tells, and the names of what these judge, alone: no check needs them."""

MOST = 1000
"""So many findings of one kind are told of one file; in six public collections no file has more than 51."""

_READING = {
    FaultKind.BAD_JSON,
    FaultKind.DUPLICATE_KEY,
    FaultKind.NOT_UTF8,
    FaultKind.TOO_LARGE,
    FaultKind.UNREADABLE,
}


def judge(nodes: Iterable[object], *, rules: Iterable[Rule] | None = None) -> Iterator[Finding]:
    """Yield what the rules say of the nodes, sorted by place and each thing once.

    Of one kind no more than `MOST` are told of a file, and then that there are more.
    """
    yield from in_order(_judged(nodes, _heard() if rules is None else _by_node(rules)))


def _judged(nodes: Iterable[object], heard: Mapping[type, Sequence[Rule]]) -> Iterator[Finding]:
    counted: Counter[object] = Counter()
    for node in nodes:
        for each in heard[type(node)]:
            for told in each.check(node):
                kind = (each.code, told.place.path, told.severity, told.clients)
                counted[kind] += 1
                if counted[kind] > MOST:  # what a file may hold would fill the memory, and nobody reads it
                    if counted[kind] == MOST + 1:
                        yield _finding(each, _surplus(told))
                    break
                yield _finding(each, told)


def _surplus(told: Told) -> Told:
    message = f"more than {MOST:,} of this kind are in the file; the others are not told"
    return replace(told, message=message, fix="mend those that are told, then look again", edits=())


class _Heard(dict[type, Sequence[Rule]]):
    """Rules by the node that they judge; those of what running tells are loaded when it has told something."""

    def __missing__(self, node: type) -> Sequence[Rule]:
        self.update(_by_node(_rules_in(MEASURED) if node.__name__ in MEASURED_NODES else ()))
        return self.setdefault(node, ())


@cache
def _heard() -> Mapping[type, Sequence[Rule]]:
    return _Heard(_by_node(_READ))


def _by_node(rules: Iterable[Rule]) -> defaultdict[type, list[Rule]]:
    heard: defaultdict[type, list[Rule]] = defaultdict(list)
    for each in rules:
        heard[each.node].append(each)
    return heard


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings sorted by place, each once."""
    return sorted(dict.fromkeys(findings), key=_order)


def nodes(bundle: Bundle) -> Iterator[object]:
    """Yield everything of a bundle that a rule can judge, the outer before the inner."""
    yield from outer_nodes(bundle)
    yield from chain.from_iterable(map(skill_nodes, bundle.skills))


def outer_nodes(bundle: Bundle) -> Iterator[object]:
    """Yield what a rule can judge without the texts of the skills: of these their outlines are enough."""
    yield bundle
    yield from bundle.faults
    yield from chain.from_iterable(map(nodes_of, outers(bundle)))


def outers(bundle: Bundle) -> tuple[Outer, ...]:
    """Return what of a bundle stands around skills, each of which is judged by itself."""
    return (*bundle.archives, *bundle.marketplaces, *bundle.plugins)


def nodes_of(outer: Outer) -> Iterator[object]:
    """Yield everything of an archive, a marketplace or a plugin that a rule can judge."""
    yield outer
    yield from outer.faults if isinstance(outer, Archive) else map(_of_plugin, outer.faults)
    yield from _strings(outer)
    if isinstance(outer, Plugin):
        yield from chain.from_iterable(map(_of_component, outer.components))


def _strings(outer: Outer) -> Iterator[object]:
    """Yield the strings of a manifest."""
    match outer:
        case Marketplace():
            yield from of_data(outer.data)
        case Plugin(manifest=Data() as manifest):
            yield from of_data(manifest)


def _of_component(component: Component) -> Iterator[object]:
    """Yield a component and what kept it from being read; what is wrong with its frontmatter has rules of its own."""
    yield component
    yield from of_component(component)
    yield from component.grants
    if component.document:
        yield component.document
    yield from (_of_plugin(fault) for fault in component.faults if fault.kind in _READING)


def _of_plugin(fault: Fault) -> Fault:
    return replace(fault, of_plugin=True)


def skill_nodes(skill: Skill) -> Iterator[object]:
    """Yield everything of a skill that a rule can judge, the outer before the inner."""
    yield skill
    yield from skill.faults
    yield skill.frontmatter
    told = {fault.place for fault in skill.faults}
    if not skill.frontmatter.repaired:  # else one rule tells of the frontmatter and its faults together
        yield from (fault for fault in skill.frontmatter.faults if fault.place not in told)
    yield from skill.frontmatter.grants
    yield from chain.from_iterable(map(_of_document, skill.documents))
    yield from of_skill(skill)
    yield from skill.scripts
    yield from skill.evidence.faults if skill.evidence else ()


def _of_document(document: Document) -> Iterator[object]:
    yield document
    for block in document.blocks:
        yield block
        yield from block.directive.faults
    yield from document.links


def _finding(each: Rule, told: Told) -> Finding:
    return Finding(
        each.code,
        each.name,
        told.severity or each.severity,
        told.place,
        told.message,
        told.fix,
        each.clients if told.clients is None else told.clients,
        each.source,
        edits=told.edits,
        safe=told.safe,
        warned=each.warned,
    )


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return place.path, place.line, place.column, finding.code, finding.message


def named(codes: Collection[str]) -> Iterator[Rule]:
    """Yield the rules of these codes."""
    known = {each.code for each in _READ}
    yield from (each for each in (_READ if known.issuperset(codes) else _every()) if each.code in codes)


def _read() -> tuple[Rule, ...]:
    packages = (folder.name for folder in pkgutil.iter_modules(__path__) if folder.ispkg)
    return _unique(chain.from_iterable(_rules_in(name) for name in packages if name != MEASURED))


@cache
def _every() -> tuple[Rule, ...]:
    return _unique((*_READ, *_rules_in(MEASURED)))


def _rules_in(folder: str) -> Iterator[Rule]:
    """Yield the rules of a subfolder; each of its modules holds one."""
    package = importlib.import_module(f"{__name__}.{folder}")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        values = vars(importlib.import_module(module.name)).values()
        yield from (value for value in values if isinstance(value, Rule))


def _unique(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    ordered = tuple(sorted(rules, key=lambda each: each.code))
    for taken in (Counter(each.code for each in ordered), Counter(each.name for each in ordered)):
        twice = {value for value, count in taken.items() if count > 1}
        if twice:
            message = f"rules share {', '.join(sorted(twice))}"
            raise AssertionError(message)
    return ordered


_READ: tuple[Rule, ...] = _read()
"""The rules of what reading tells, by their codes: loaded before there are forks, which would each do it."""


def __getattr__(name: str) -> tuple[Rule, ...]:
    if name == "RULES":
        return _every()
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
