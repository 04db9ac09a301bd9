"""A description -> what it says to the client that chooses by it."""

from __future__ import annotations

import re

from skillcheck.model import Heading, Skill
from skillcheck.rules.fields import is_readable

FIRST_PERSON = re.compile(
    r"\bI(?:['\u2019](?:m|ll|ve)| am| can| will| help| provide| create| assist| specialize| generate| analyze)\b"
    r"|\bwe(?:['\u2019]ll| can| will| help| provide)\b"
    r"|^(?:My|Our)\b"
)
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|`[^`]*`|«[^»]*»|(?<!\w)['\u2018][^'\u2019]*['\u2019](?!\w)")
_WHEN = re.compile(
    r"\b(?:when|whenever|while|if|before|after|during|upon|unless|until|once|trigger\w*|activat\w+|invok\w+|"
    r"asks?|asked|asking|mentions?|mentioned|requests?|requested|wants?|needs?|needed|proactively|scenarios?|"
    r"situations?)\b"
    r"|\b(?:us(?:e|ed|es|ing|eful|age)|ideal|suited|suitable|intended|designed|meant|best|perfect|great|good|helpful|"
    r"appl(?:y|ies)|applicable|call|run|load|consult|read|reach|recommended|required|must|should)\b.{0,60}?"
    r"\b(?:for|to|in|on|with|this skill|as|by|every|any|all|from|where|across)\b"
    r"|\bfor\b.{0,40}?\b\w+ing\b|\bfor (?:any|all|every|users?|teams?|developers?|tasks?|questions?|projects?|work)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(
    r"^\W*(?:when (?:\w+ ){0,4}?(?:use|using|activate|apply|invoke|trigger|call|reach)"
    r"|use (?:this skill |it )?when|trigger(?:s|ing)?(?: (?:conditions?|phrases?|(?:key)?words?|when))?\W*$"
    r"|activation(?: (?:conditions?|triggers?|criteria))?\W*$)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w.+#/-]*")
_GENERIC = frozenset(
    _WORD.findall(
        """
        a an and any all are as assist assistant assists at be been best by can claude common data
        different do does for from general good great handle handles handling has have help helper
        helpful helping helps in into is it its make makes manage manages many more most needed
        needs of on or other perform performs provide provides skill skills some stuff support
        supports task tasks that the their them these thing things this to tool tools use used
        useful user users uses using utility utilities various very via want wants way ways what
        when whenever where which with work working works you your
        """
    )
)
_ENOUGH = 2
_LATIN_SHARE = 0.8


def is_chosen(skill: Skill) -> bool:
    """Return whether a client chooses the skill by a description that could be read."""
    switch = skill.frontmatter.data.mapping().get("disable-model-invocation")
    off = str(switch).strip().lower() in {"true", "yes", "on", "1"}
    return bool(skill.description.strip()) and is_readable(skill.frontmatter) and not off


def says_when(skill: Skill) -> bool:
    """Return whether the skill says when to use it; True of a writing system that is not read here."""
    return bool(skill.frontmatter.data.mapping().get("when_to_use")) or (
        not _is_latin(skill.description) or _WHEN.search(skill.description) is not None
    )


def body_heading(skill: Skill) -> Heading | None:
    """Return the heading of SKILL.md below which it says when to use the skill."""
    headings = skill.documents[0].headings if skill.documents else ()
    return next((heading for heading in headings if _HEADING.search(heading.text)), None)


def without_quotes(text: str) -> str:
    """Return a text without what it quotes: the words of a user are not those of the skill."""
    return _QUOTED.sub(" ", text)


def is_vague(description: str) -> bool:
    """Return whether fewer than two words of a description tell one skill from another."""
    words = {word.lower().strip("./-") for word in _WORD.findall(description)}
    return _is_latin(description) and len(words - _GENERIC) < _ENOUGH


def _is_latin(text: str) -> bool:
    if text.isascii():
        return True
    letters = [char for char in text if char.isalpha()]
    return sum(char.isascii() for char in letters) >= _LATIN_SHARE * len(letters)
