"""A description -> what it says to the client that chooses by it."""

from __future__ import annotations

import re

from skillcheck import facts
from skillcheck.model import Heading, Skill
from skillcheck.rules.fields import is_readable
from skillcheck.rules.remembered import remembered
from skillcheck.rules.wording import NOTHING
from skillcheck.rules.written import comment_behind

_FIRST_PERSON = re.compile(
    r"\bI(?:['\u2019](?:m|ll|ve)| am| can| will| help| provide| create| assist| specialize| generate| analyze)\b"
    r"|\bwe(?:['\u2019]ll| can| will| help| provide)\b"
    r"|^(?:My|Our)\b|(?:^|(?<=[.!?] ))I [a-z]{2,}\b"
)
_FIRST = ("I ", "I'", "I\u2019", "we ", "we'", "we\u2019", "My", "Our")  # one is in all that is in the first person
_SECOND = ("You ", "you ", "s you")
_SECOND_PERSON = re.compile(r"(?:^|(?<=[.!?] ))You \w+|\byou (?:can|will|may) \w+|\b(?:lets|helps) you\b")
_QUOTED = re.compile(
    r"\"[^\"]*\"|\u201c[^\u201d]*\u201d|`[^`]*`|«[^»]*»"
    r"|(?<!\w)['\u2018](?:[^'\u2019]|(?<=\w)['\u2019](?=\w))*['\u2019](?!\w)"  # as in 'what I'm doing'
)
_SPOKEN = re.compile(
    r"<(example|user|dialogue)>.*?(?:</\1>|\Z)|\b(?:User|Human):.*?(?=\b(?:Agent|Assistant|Claude):|\n|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_ASKED = re.compile(  # behind it stand the words of a user, up to the end of the sentence
    r"\b(?:when|whenever|if):? (?:[\w/]+ ){0,4}?(?:asked|asking|asks?|said|saying|says?)\b[^.]*"
    r"|\btriggers?(?: (?:on|by|phrases?))?:[^.]*",
    re.IGNORECASE,
)
_INDIRECT = re.compile(r"\b(?:how|what|where|which|why|whether) (?:I|we)\b['\u2019]?\w*")  # of what the user writes
_QUOTES = ('"', "'", "`", "\u201c", "\u2018", "\u00ab")
_MOSTLY = re.compile(r"hen(?<=\b[Ww]hen)\b")  # what is said mostly, and found soonest
_WHEN = re.compile(
    r"\b(?:when|whenever|while|if|before|after|during|upon|unless|until|once|trigger\w*|activat\w+|invok\w+|"
    r"asks?|asked|asking|mentions?|mentioned|requests?|requested|wants?|needs?|needed|proactively|scenarios?|"
    r"situations?)\b"
    r"|\b(?:us(?:e|ed|es|ing|eful|age)|ideal|suited|suitable|intended|designed|meant|best|perfect|great|good|helpful|"
    r"appl(?:y|ies)|applicable|call|run|load|consult|read|reach|recommended|required|must|should)\b.{0,60}?"
    r"\b(?:for|to|in|on|with|this skill|as|by|every|any|all|from|where|across)\b"
    r"|(?:^|[.;\u2014])\s*for\b|\b(?:quando|cuando|lorsque|quand|wenn|sobald|wanneer)\b"
    r"|\bfor\b.{0,40}?\b\w+ing\b|\bfor (?:any|all|every|users?|teams?|developers?|tasks?|questions?|projects?|work)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(
    r"^\W*(?:when (?:(?:\w+ ){0,4}?(?:use|using|activate|invoke|trigger|call|reach)"
    r"|(?:(?:not|to|i|it|these|this|skill|should|does|do) ){0,4}appl(?:ies|y))(?P<what>.*)"
    r"|use (?:this skill |it )?when|trigger(?:s|ing)?(?: (?:conditions?|phrases?|(?:key)?words?|when))?\W*$"
    r"|activation(?: (?:conditions?|triggers?|criteria))?\W*$)",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"\W*(?:s|e?d)?\W*(?:$|\b(?:this|it|me|us|these|for|skill|vs|versus|over|instead|and|or|not)\b)", re.IGNORECASE
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
_LETTERS = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    {"the", "and", "of", "with", "when", "this", "for", "user", "to", "from", "that", "it", "or", "by"}
)
_FOREIGN = frozenset(  # small words of German, French, Spanish and their neighbours; none of them is English
    _LETTERS.findall("""
        als ao aos atau att auch auf aus aux avec bei bir bu ces cette che con cuando dans dari das
        degli dei del della delle dem dengan der des deze di diese diesen dieser dla dos du durch
        een ein eine einen eines el eller est esta este estos et ett för für gdy gebruik gli gunakan
        het il ile inte ist için jest ketika la las le les lorsque los lub mit naar nach nel nella
        nicht niet não när och oder ook oraz ou para por pour quand quando que questa questo qui
        saat seu sich się som su sua sur são um uma una und une unos untuk usa usar usuário van ve
        veya von voor vos votre wanneer wenn werden wird yang zum zur über
    """)
)
_OTHER = re.compile(r"[^\W\d_\x00-\u024f]{2,}")  # not the single letters of alpha-helix
_OTHER_LETTERS = 4
_OTHER_SHARE = 0.05


@remembered
def is_chosen(skill: Skill) -> bool:
    """Return whether a client chooses the skill by a description that could be read."""
    switch = skill.frontmatter.data.mapping().get("disable-model-invocation")
    off = str(switch).strip().lower() in {"true", "yes", "on", "1"}
    is_whole = comment_behind(skill.frontmatter, "description") is None
    return bool(skill.description.strip(NOTHING)) and is_whole and is_readable(skill.frontmatter) and not off


def entry(skill: Skill) -> str:
    """Return what Claude Code lists of a skill, before it is cut."""
    data, known = skill.frontmatter.data.mapping(), facts.frontmatter()
    parts = [part for key in ("description", "when_to_use") if isinstance(part := data.get(key), str) and part]
    return f"- {skill.name}: {known.listing_separator.join(parts)}"


@remembered
def says_when(skill: Skill) -> bool:
    """Return whether the skill says when to use it; True of a language that is not read here."""
    return bool(skill.frontmatter.data.mapping().get("when_to_use")) or (
        _MOSTLY.search(skill.description) is not None
        or _WHEN.search(skill.description) is not None
        or not _is_english(skill.description)
    )


def body_heading(skill: Skill) -> Heading | None:
    """Return the heading of SKILL.md below which it says when to use the skill."""
    headings = skill.documents[0].headings if skill.documents else ()
    return next((heading for heading in headings if _says_when_to_use(skill, heading.text)), None)


@remembered
def without_quotes(text: str) -> str:
    """Return a text without what it quotes: the words of a user are not those of the skill."""
    text = _SPOKEN.sub(" ", text) if "ser:" in text or "<" in text or "uman:" in text else text
    return _QUOTED.sub(" ", text) if any(map(text.__contains__, _QUOTES)) else text


def first_person(text: str) -> str | None:
    """Return what a text says of itself in the first person, None if nothing."""
    if not any(map(text.__contains__, _FIRST)):
        return None
    said = _FIRST_PERSON.search(_INDIRECT.sub(" ", _ASKED.sub(" ", without_quotes(text))))
    return said[0] if said else None


def second_person(text: str) -> str | None:
    """Return what a text says to its reader, None if nothing."""
    said = (
        _SECOND_PERSON.search(_ASKED.sub(" ", without_quotes(text))) if any(map(text.__contains__, _SECOND)) else None
    )
    return said[0] if said else None


def is_vague(description: str) -> bool:
    """Return whether fewer than two words of a description tell one skill from another."""
    telling: set[str] = set()
    for word in _WORD.finditer(description):
        telling |= {word[0].lower().strip("./-")} - _GENERIC
        if len(telling) >= _ENOUGH:
            return False
    return _is_english(description)


def _says_when_to_use(skill: Skill, heading: str) -> bool:
    """Return whether a heading speaks of the use of the skill, not of some thing that the skill speaks of."""
    found = _HEADING.search(heading)
    if found is None:
        return False
    what = found["what"]
    own = {word.lower() for word in _WORD.findall(f"{skill.name} {skill.folder}".replace("-", " "))}
    return (
        not what or _ITSELF.match(what) is not None or not own.isdisjoint(word.lower() for word in _WORD.findall(what))
    )


def _is_english(text: str) -> bool:
    """Return whether a text is none of another language, by its letters and by its small words."""
    words = _LETTERS.findall(text.lower())
    if sum(map(len, _OTHER.findall(text))) >= max(_OTHER_LETTERS, _OTHER_SHARE * sum(map(len, words))):
        return False
    foreign = sum(word in _FOREIGN for word in words)
    accented = any(not word.isascii() for word in words)
    return foreign + accented < _ENOUGH or foreign <= sum(word in _ENGLISH for word in words)
