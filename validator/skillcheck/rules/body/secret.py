"""Text -> secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.secrets import is_placeholder, is_stand_in

_KINDS = {
    "Anthropic API key": r"sk-ant-(?:api|admin|sid|oat)\d\d-[\w-]{40,}",
    "OpenAI API key": r"sk-(?:proj|svcacct|admin)-[\w-]{40,}|sk-\w{20}T3BlbkFJ\w{20}",
    "AWS access key": r"(?:AKIA|ASIA)[A-Z0-9]{16}",
    "GitHub token": r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,}",
    "GitLab token": r"glpat-[\w-]{20,}",
    "Slack token": r"xox[abeprs]-\d{8,}-[\w-]{20,}|hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{24}",
    "Google API key": r"AIza[\w-]{35}",
    "Stripe key": r"[sr]k_live_[A-Za-z0-9]{20,}",
    "npm token": r"npm_[A-Za-z0-9]{36}",
    "PyPI token": r"pypi-AgEIcHlwaS5vcmc[\w-]{50,}",
    "Hugging Face token": r"hf_[A-Za-z]{34}",
    "SendGrid key": r"SG\.[\w-]{22}\.[\w-]{43}",
    "DigitalOcean token": r"do[oprt]_v1_[0-9a-f]{64}",
    "JSON web token": r"eyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{20,}",
}
_MARKS = tuple(  # of which one stands in every secret; each begins with a letter that is soon found
    re.compile(mark)
    for mark in (
        r"_(?:(?<=gh[pousr]_)|(?<=github_pat_)|(?<=k_live_)|(?<=npm_)|(?<=hf_)|(?<=_v1_))",
        r"-(?:(?<=sk-)(?:ant|proj|svcacct|admin|\w{20}T3BlbkFJ)|(?<=glpat-)|(?<=xox[abeprs]-)|(?<=pypi-))",
        r"A(?:KIA|SIA|Iza)",
        *(r"hooks\.slack", r"SG\.[\w-]", r"\.eyJ"),
    )
)
_SHORTEST = 20  # characters, as many as AWS takes
_SHORT = 400  # characters: of a text that has no more it is quicker to measure the words, as of strings of manifests
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s)+[A-Za-z0-9+/=]{12,}")
_BEGIN = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY[A-Z ]*-----")
_REMEDY = "withdraw it where it is from, and name the variable of the environment that holds the new one"
_VARIED = 8  # so many different characters has whatever was drawn by chance
_LOGIN = re.compile(  # begins with what is searched for quickly; what stands before is looked at behind it
    r"://(?<=[a-z0-9]://)(?P<user>[^\s/:@\"'`<>|\\]*):(?P<password>[^\s/:@\"'`<>|\\]{6,})@(?P<host>[\w-]+(?:\.[\w-]+)+)"
)
_ASSIGNED = re.compile(  # what has no shape of its own, behind the name that it is used under
    r"(?:(?i:aws_secret_(?:access_)?key|secret_?access_?key)[\"']?\s{0,3}[:=]\s{0,3}[\"']?[A-Za-z0-9/+]{40}"
    r"|AccountKey=[A-Za-z0-9/+]{86}==)(?![\w/+=])"
)
_OF_AWS, _OF_AZURE = 40, 88  # characters
_NAMES = ("SECRET_", "secret_", "ecretAccessKey", "AccountKey=")
_NOWHERE = re.compile(r"(?:.*\.)?(?:example|test|invalid|local|localhost|internal)(?:\.\w+)?|[\d.]+", re.IGNORECASE)


@rule(
    "SK420",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview",
)
def secret(text: Text) -> Iterator[Told]:
    """The text holds a secret.

    Whoever gets the skill gets the key, and a ZIP or a commit cannot be taken back. What only stands for a key, such as
    one that holds `your` or `xxx`, is passed over. So is a password in the address of a machine of one's own.
    """
    for place, _, value in found(text, _any_kind()) if _may_hold(text.text) else ():
        most_varied = max(len(set(part)) for part in value.split("-"))
        if not is_stand_in(value) and most_varied >= _VARIED:
            yield Told(place, f"the line holds a secret: {_kind(value)} {value[:8]}…", _REMEDY)
    if "PRIVATE KEY" in text.text and _PRIVATE_KEY.search(text.text):
        for place, _, _ in found(text, _BEGIN):
            yield Told(place, "the line begins a private key", _REMEDY)
    yield from _assigned(text)
    yield from _logins(text)


def _may_hold(text: str) -> bool:
    """Return whether a text has a mark of a secret, and if it is short a word that is long enough for one."""
    if len(text) <= _SHORT and max(map(len, text.split()), default=0) < _SHORTEST:
        return False
    return any(mark.search(text) for mark in _MARKS)


@cache
def _any_kind() -> re.Pattern[str]:
    """Return what matches a secret of any kind; few skills hold a mark of one, and compiling it takes a while."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_KINDS.values())})(?![\w-])")


def _assigned(text: Text) -> Iterator[Told]:
    """Yield what is to be said of keys that only their names give away."""
    for place, _, whole in found(text, _ASSIGNED) if any(map(text.text.__contains__, _NAMES)) else ():
        value = whole[-_OF_AZURE:] if whole.endswith("==") else whole[-_OF_AWS:]
        if not is_stand_in(value) and len(set(value)) >= 2 * _VARIED:
            kind = "Azure storage key" if value.endswith("==") else "AWS secret key"
            yield Told(place, f"the line holds a secret: {kind} {value[:8]}…", _REMEDY)


def _logins(text: Text) -> Iterator[Told]:
    """Yield what is to be said of addresses that hold a password for a machine that others can reach."""
    for place, _, value in found(text, _LOGIN) if "://" in text.text and "@" in text.text else ():
        login = _LOGIN.search(f"x{value}")
        if login and not is_placeholder(login["password"], login["user"]) and not _NOWHERE.fullmatch(login["host"]):
            yield Told(place, f"the address holds a password for {login['host']}", _REMEDY)


def _kind(value: str) -> str:
    return next(name for name, pattern in _KINDS.items() if re.match(pattern, value))
