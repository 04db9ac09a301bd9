"""A listing → every file of its site, by path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from skillcheck.site.code import quoted
from skillcheck.site.discovery import discovery
from skillcheck.site.links import external
from skillcheck.site.listing import Entry, Listing
from skillcheck.site.proof import MEANING, outcome, share
from skillcheck.site.skill import Card, shown

STATIC = ("icon.svg", "site.css", "site.js")
UNFIT = re.compile(r"[^a-z0-9]+")
LONGEST = 64


def pages(listing: Listing) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site: pages, styles, the script, ZIPs, snippets and the discovery index."""
    yield from front(listing)
    for slug, entry in slugged(listing).items():
        yield from of_skill(listing, slug, entry)


def front(listing: Listing) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site that belong to no skill alone."""
    cards = [Card.of(entry, slug) for slug, entry in slugged(listing).items()]
    categories = sorted({card.entry.category for card in cards} - {""})
    values = {"cards": cards, "root": "", "meaning": MEANING, "categories": categories}
    yield "index.html", _page("index.html", _shared(listing) | values)
    for name in STATIC:
        yield f"assets/{name}", _static(name)
    yield ".nojekyll", b""  # else GitHub Pages leaves out the folder whose name starts with a dot
    yield from discovery(listing.entries).items()


def of_skill(listing: Listing, slug: str, entry: Entry) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one skill: its page, its ZIP, its snippets."""
    card = Card.of(entry, slug)
    values = {"root": "../../", "page": shown(card, listing, _template("block.html")), "card": card}
    yield f"skills/{slug}/index.html", _page("skill.html", _shared(listing) | values)
    yield from _files(card)


def _shared(listing: Listing) -> dict[str, object]:
    return {"listing": listing, "repository": external(listing.repository), "assets": _version()}


def slugged(listing: Listing) -> Mapping[str, Entry]:
    """Return the entries by the name of their folder in the site, each its own, made of harmless letters."""
    found: dict[str, Entry] = {}
    for entry in sorted(listing.entries, key=lambda entry: (entry.skill.name.casefold(), entry.skill.path)):
        base = UNFIT.sub("-", entry.skill.name.lower()).strip("-")[:LONGEST].strip("-") or "skill"
        number, slug = 1, base
        while slug in found:
            number += 1
            slug = f"{base}-{number}"
        found[slug] = entry
    return found


def _files(card: Card) -> Iterator[tuple[str, bytes]]:
    if card.entry.archive is not None:
        yield f"skills/{card.slug}/{card.archive}", card.entry.archive
    for snippet in card.entry.snippets:
        yield f"skills/{card.slug}/{card.snippet(snippet.path)}", snippet.text.encode("utf-8", "surrogatepass")


def _page(name: str, values: Mapping[str, object]) -> bytes:
    return _template(name).render(values).encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"share": share, "outcome": outcome, "quoted": quoted}
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _source(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _static(name: str) -> bytes:
    return files(__package__).joinpath("static", name).read_bytes()


@cache
def _version() -> str:
    """Return what changes when styles or script do, so that no browser keeps old ones."""
    return hashlib.sha256(b"".join(map(_static, STATIC))).hexdigest()[:12]
