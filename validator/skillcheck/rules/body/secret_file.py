"""Skill -> secret-file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import Severity, Skill
from skillcheck.rules.rule import Told, rule
from skillcheck.rules.secrets import is_placeholder

_KEYS = re.compile(r"id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:p12|pfx|jks|keystore|ppk)", re.IGNORECASE)
_SETTINGS = re.compile(
    r"(?:.*\.)?\.?env(?:\.(?!example|sample|template|dist|default)\w+)?|\.(?:npmrc|pypirc|netrc|pgpass|htpasswd|git-credentials)"
    r"|credentials(?:\.json)?|(?:client_secret|service[-_]account)[\w.-]*\.json",
    re.IGNORECASE,
)
_TRIED = re.compile(r"(?:.*/)?(?:tests?|fixtures|examples?)/.*")
_VALUE = re.compile(
    r"(?:password|passwd|secret|token|api_?key|private_?key|credentials?)[\w-]*[\"']?"
    r"[ \t]*[=:\s][ \t]*[\"']?(?P<value>[^\s\"',]{6,})",
    re.IGNORECASE,
)


@rule(
    "SK440",
    severity=Severity.WARNING,
    source="https://platform.claude.com/docs/en/agents-and-tools/agent-skills/overview",
)
def secret_file(skill: Skill) -> Iterator[Told]:
    """A file of the skill is one that secrets are kept in.

    Whoever gets the skill gets them, and a ZIP or a commit cannot be taken back. Keys are told by their names, settings
    by a value that is no stand-in; `.env.example` is for those who fill in their own.
    """
    texts = {script.relative: script.text for script in skill.scripts}
    for file in skill.files:
        name = posixpath.basename(file.path)
        if _TRIED.fullmatch(file.path):
            continue
        if _KEYS.fullmatch(name) or (_SETTINGS.fullmatch(name) and _holds_one(texts.get(file.path, ""))):
            fix = "delete it, withdraw what stands in it, and name variables of the environment"
            yield Told(file.place, f"{file.path} is a file of secrets", fix)


def _holds_one(text: str) -> bool:
    return any(not is_placeholder(found["value"]) for found in _VALUE.finditer(text))
