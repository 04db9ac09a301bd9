"""Marketplace -> bare-source."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import Edit, Marketplace
from skillcheck.rules.entries import entries
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule

_GITHUB = re.compile(
    r"(?P<host>(?:https?://|ssh://git@|git@)?github\.com[/:])?(?P<repo>[A-Za-z0-9][\w.-]*/[\w.-]+?)(?:\.git)?/?"
)
_PART = re.compile(
    r"(?P<url>https://[^/\s]+/[^/\s]+/[^/\s]+?)(?:\.git)?(?:/-)?/(?:tree|blob)/(?P<ref>[^/\s]+)/(?P<path>[^\s?#]*[^\s?#/])/?"
)


def _is_bare(source: str) -> bool:
    return source != "." and not source.startswith(("./", "../", "/", "~"))


@rule("SK514", clients=CLAUDE_CODE, source="https://code.claude.com/docs/en/plugin-marketplaces#plugin-sources")
def bare_source(marketplace: Marketplace) -> Iterator[Told]:
    """An entry's source does not begin with ./.

    Claude Code reads a bare name below metadata.pluginRoot, and refuses every other text that does not begin with
    a dot and a slash.
    """
    metadata = marketplace.data.mapping().get("metadata")
    root = metadata.get("pluginRoot") if isinstance(metadata, dict) else None
    for index, entry in entries(marketplace):
        source = entry.get("source")
        if isinstance(source, str) and _is_bare(source) and not (root and "/" not in source):
            message = f"the source is {source!r}, expected a path that begins with ./"
            place = marketplace.data.place("plugins", index, "source")
            fix = _remedy(source)
            edits = (Edit(place, json.dumps(f"./{source}", ensure_ascii=False)),) if source in marketplace.bare else ()
            yield Told(place, message, fix, edits, safe=False)


def _remedy(source: str) -> str:
    """Return what to write for a path, for a repository, or for what may be either."""
    if found := _GITHUB.fullmatch(source):
        is_address = found["host"] is not None
        remote = f'{{"source": "github", "repo": "{found["repo"]}"}}'
        return f"write `{remote}`" if is_address else f"write `./{source}` for a folder, `{remote}` for a repository"
    if found := _PART.fullmatch(source):
        part = {"source": "git-subdir", "url": f"{found['url']}.git", "path": found["path"], "ref": found["ref"]}
        return f"write `{json.dumps(part, ensure_ascii=False)}`"
    if not _is_name(source) and "\\" not in source:
        return f'write `{{"source": "url", "url": "{source}"}}`'
    path = posixpath.normpath(source.replace("\\", "/")).removeprefix(".")
    return f"write `./{path.removeprefix('/')}`"


def _is_name(source: str) -> bool:
    """Return whether the source may be a folder's path, and is no address."""
    return ":" not in source and "@" not in source and "\\" not in source
