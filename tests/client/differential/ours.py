"""A bundle -> what skillcheck says of it on behalf of Claude Code, in the client's terms."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.client.differential.client import MANIFEST, field
from tests.client.differential.verdict import Said

from skillcheck import Config, load
from skillcheck.lint import lint
from skillcheck.model import Bundle, Client, Data, Finding, Place, Pointer
from skillcheck.rules import RULES
from skillcheck.telling import Roles, fails, refuses, roles

CONFIG = Config(Path(), targets=(Client.CLAUDE_CODE,))
WHOLE = dict.fromkeys(("SK101", "SK102", "SK009", "SK527"), "frontmatter")
MANIFESTS = {"SK501": "json", "SK009": "root", "SK527": "root"}
GUARDS = {"PreToolUse", "PermissionRequest"}
_ABSENT = re.compile(r"(`[^`]+`) is missing$|has no (`[^`]+`(?:, )?)+$")
CODES = {rule.code for rule in RULES if Client.CLAUDE_CODE in (*rule.clients, *rule.warned)}


def judge(root: Path) -> tuple[tuple[str, Said], ...]:
    """Return what the rules that speak for Claude Code say of a folder, each with the rule's code."""
    cwd = Path.cwd()
    os.chdir(root)  # so that paths are shown as relative ones
    try:
        bundle = load(["."])
        findings = lint(["."], CONFIG).findings
    finally:
        os.chdir(cwd)
    data, role_of = _data(bundle), roles(bundle)
    heard = [finding for finding in findings if finding.code in CODES]
    return tuple((finding.code, said) for finding in heard for said in _said(finding, data, role_of))


def _data(bundle: Bundle) -> dict[str, Data]:
    found = {skill.frontmatter.place.path: skill.frontmatter.data for skill in bundle.skills}
    for plugin in bundle.plugins:
        if plugin.manifest:
            found[posixpath.normpath(f"{plugin.path}/{MANIFEST}")] = plugin.manifest
        found |= {component.path: component.data for component in plugin.components}
    return found | {market.path: market.data for market in bundle.marketplaces}


def _said(finding: Finding, data: Mapping[str, Data], role_of: Roles) -> Iterator[Said]:
    path, level, text = finding.place.path, str(finding.severity), f"{finding.code} {finding.message}"
    is_error = level == "error"
    verdict = is_error and fails(finding, role_of), is_error and refuses(finding, role_of)
    for name in _fields(finding, data.get(path)):
        yield Said(path, level, field(path, name), text, *verdict)


def _fields(finding: Finding, data: Data | None) -> list[str]:
    """Return the fields that a finding is about: those it names, else the one at whose place it stands."""
    whole = (WHOLE if finding.place.path.endswith(".md") else MANIFESTS).get(finding.code)
    if whole:
        return [whole]
    if absent := _ABSENT.search(finding.message):
        return re.findall("`(.+?)`", absent[0])
    if finding.code == "SK526":  # that a description is missing is told above
        return ["frontmatter"]
    if finding.message == "the marketplace has no description":
        return ["description"]
    pointer = _pointer(data, finding.place) if data else ()
    if (
        finding.code == "SK502" and GUARDS.intersection(map(str, pointer[-1:])) and "hooks" not in pointer[:1]
    ):  # the client says where they belong
        return ["hooks"]
    return [".".join(map(str, pointer))]


def _pointer(data: Data, place: Place) -> Pointer:
    """Return the deepest value or key that stands at a place."""
    held = [
        pointer
        for places in (data.values, data.keys)
        for pointer, other in places.items()
        if (other.line, other.column) == (place.line, place.column)
    ]
    return max(held, key=len, default=())
