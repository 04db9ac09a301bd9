"""An entry → what its card and its page say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from jinja2 import Template
from markupsafe import Markup

from skillcheck.model import Block, Document, Json, Role, Unit
from skillcheck.site.code import highlighted
from skillcheck.site.install import Commands, commands
from skillcheck.site.links import Targets
from skillcheck.site.listing import Entry, Listing
from skillcheck.site.markdown import rendered
from skillcheck.site.proof import Proof, proof, share

HEADINGS_BELOW = 2
BEST = frozenset({"covered", "ran", "resolved"})


@dataclass(frozen=True, slots=True)
class Card:
    """An entry with the name of its folder in the site."""

    entry: Entry
    slug: str
    levels: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, entry: Entry, slug: str) -> Card:
        """Count the blocks of an entry by what is known of them."""
        return cls(entry, slug, share(entry.results))

    @property
    def archive(self) -> str:
        """The file name of the ZIP; claude.ai wants it to be the skill's."""
        return f"{self.slug}.zip"

    @property
    def state(self) -> str:
        """What stands first on the card: what was run and holds, what was only read, or what is wrong."""
        if self.entry.errors or any(level == "failed" for level, _ in self.levels):
            return "faulty"
        return "proven" if any(level in BEST for level, _ in self.levels) else "checked"

    @property
    def blocks(self) -> int:
        """How many code blocks the skill has."""
        return len(self.entry.units)

    @property
    def bars(self) -> list[tuple[str, int, float, float]]:
        """Level, count, start and width of each part of a bar of a hundred."""
        total, start, found = sum(count for _, count in self.levels), 0.0, []
        for level, count in self.levels:
            width = 100 * count / total
            found.append((level, count, round(start, 2), round(width, 2)))
            start += width
        return found

    def snippet(self, path: str) -> str:
        """Return where a snippet lies beside the page: as plain text, whatever it is, so that no browser runs it."""
        return f"snippets/{path}.txt"


@dataclass(frozen=True, slots=True)
class Shown:
    """A document on the page: its anchor and its HTML."""

    document: Document
    anchor: str
    html: Markup


@dataclass(frozen=True, slots=True)
class SkillPage:
    """What the page of a skill shows beside its entry."""

    documents: tuple[Shown, ...]
    commands: Commands
    frontmatter: tuple[tuple[str, str], ...]
    digest: str


def shown(card: Card, listing: Listing, block: Template) -> SkillPage:
    """Return what the page of a skill shows."""
    entry, skill = card.entry, card.entry.skill
    prefixes = {document.relative: f"doc{number}" for number, document in enumerate(skill.documents)}
    anchors = {document.relative: frozenset(head.anchor for head in document.headings) for document in skill.documents}
    targets = Targets(prefixes, anchors, frozenset(file.path for file in skill.files), entry.source)
    draw = partial(_drawn, card, _Known.of(entry, block))
    documents = tuple(
        Shown(document, prefixes[document.relative], rendered(document, targets, draw, below=HEADINGS_BELOW))
        for document in skill.documents
    )
    archive = card.archive if entry.archive is not None else ""
    digest = hashlib.sha256(entry.archive).hexdigest() if entry.archive is not None else ""
    return SkillPage(documents, commands(entry, listing, archive), _fields(skill.frontmatter.data.mapping()), digest)


@dataclass(frozen=True, slots=True)
class _Known:
    """The units and proofs of an entry by block, and the template that shows them."""

    units: Mapping[tuple[str, int], Unit]
    proofs: Mapping[tuple[str, int], Proof]
    template: Template

    @classmethod
    def of(cls, entry: Entry, template: Template) -> _Known:
        results = {(result.block.document, result.block.index): result for result in entry.results}
        units = {(unit.block.document, unit.block.index): unit for unit in entry.units}
        proofs = {key: proof(unit, results.get(key), entry.environment) for key, unit in units.items()}
        return cls(units, proofs, template)


def _drawn(card: Card, known: _Known, text: str, language: str, block: Block | None) -> Markup:
    key = (block.document, block.index) if block else ("", -1)
    unit = known.units.get(key)
    named = unit.language if unit and unit.language else language
    values = {
        "code": highlighted(text, named),
        "language": named,
        "proof": known.proofs.get(key),
        "path": unit.path if unit and unit.role is Role.FILE else "",
        "snippet": card.snippet(unit.snippet) if unit and unit.snippet else "",
        "line": block.place.line if block else 0,
    }
    return Markup(known.template.render(values))  # noqa: S704 - the template escapes what it is given


def _fields(mapping: Mapping[str, Json]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), _flat(value)) for key, value in mapping.items())


def _flat(value: Json) -> str:
    match value:
        case dict():
            return "\n".join(f"{key}: {_flat(part)}" for key, part in value.items())
        case list():
            return "\n".join(map(_flat, value))
        case bool():
            return "true" if value else "false"
        case None:
            return "—"
        case _:
            return str(value)
