"""Findings → what each client will do with the bundle, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from skillcheck import facts
from skillcheck.model import Client, Finding, Severity
from skillcheck.telling.roles import Roles

ORDER = (Client.CLAUDE_CODE, Client.CLAUDE_AI, Client.SPEC, Client.GH, Client.NPX_SKILLS)
LOADED = {"loads", "validator passes, loads"}
TAKEN = {
    Client.CLAUDE_AI: "upload taken",
    Client.SPEC: "valid",
    Client.GH: "publishable",
    Client.NPX_SKILLS: "found",
}
REFUSED = {
    Client.CLAUDE_AI: "upload refused",
    Client.SPEC: "invalid",
    Client.GH: "publishing refused",
    Client.NPX_SKILLS: "not found",
}


_OF_ARCHIVES = "SK6"
_NONE = Roles()


def takes(client: Client, verdict: str) -> bool:
    """Whether a verdict says that the client takes a skill as it is meant."""
    return verdict in LOADED if client is Client.CLAUDE_CODE else verdict == TAKEN[client]


def verdicts(skills: Sequence[str], findings: Iterable[Finding], role_of: Roles = _NONE) -> Mapping[Client, str]:
    """Say for each client what it does, from everything that was found, whether it is told or not."""
    told = list(findings)
    if not skills:
        unread = [each for each in told if each.code.startswith(_OF_ARCHIVES) and _breaks(each, Client.CLAUDE_AI)]
        refused = {Client.CLAUDE_AI: _verdict(Client.CLAUDE_AI, unread, role_of)} if unread else {}
        return dict.fromkeys(ORDER, "finds no skill") | refused
    against = {client: [finding for finding in told if _breaks(finding, client)] for client in ORDER}
    return {client: _verdict(client, against[client], role_of) for client in ORDER}


def _breaks(finding: Finding, client: Client) -> bool:
    is_error = finding.severity is Severity.ERROR or finding.demoted
    return client in finding.clients and (is_error or finding.name in facts.refusals().get(client, ()))


def _verdict(client: Client, against: Sequence[Finding], role_of: Roles) -> str:
    if client is Client.CLAUDE_CODE:
        return _claude_code(against, role_of)
    return f"{REFUSED[client]} ({len(against)})" if against else TAKEN[client]


def _claude_code(against: Sequence[Finding], role_of: Roles) -> str:
    """Give two verdicts: its validator takes what it cannot install, and refuses what it loads."""
    if not against:
        return "loads"
    wide = {finding.place.path for finding in against if _is_wide(finding)}  # in which it finds nothing to fail on
    failing = sum(fails(finding, role_of) for finding in against if finding.place.path not in wide)
    refused = sum(refuses(finding, role_of) for finding in against)
    loaded = sum(_is_of(finding, facts.claude_code().loads_all_the_same, role_of) for finding in against)
    misread = len(against) - refused - loaded
    validator = f"validator fails ({failing})" if failing else "validator passes"
    if refused:
        return f"{validator}, does not load ({refused})"
    return f"{validator}, loads but misreads ({misread})" if misread else f"{validator}, loads"


def fails(finding: Finding, role_of: Roles = _NONE) -> bool:
    """Whether the validator of Claude Code fails on what an error tells."""
    return _is_of(finding, facts.claude_code().validator_fails, role_of)


def refuses(finding: Finding, role_of: Roles = _NONE) -> bool:
    """Whether Claude Code does not install what an error tells of, or lists it with an error."""
    return _is_of(finding, facts.claude_code().refuses, role_of)


def _is_wide(finding: Finding) -> bool:
    return finding.name == "not-utf8" and finding.message.startswith("the file is UTF-")


def _is_of(finding: Finding, kinds: Mapping[str, facts.Told], role_of: Roles) -> bool:
    told, path = kinds.get(finding.name), finding.place.path
    return told is not None and told.covers(path, finding.message, role_of(path))
