"""A skill → the commands that install it, each value quoted for the shell they are pasted into."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from urllib.parse import urlsplit

from skillcheck.site.links import external
from skillcheck.site.listing import Entry, Listing

UNSEEN = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Commands:
    """Lines to paste: for Claude Code, and for `npx skills`; empty where there is nothing to install from."""

    claude_code: tuple[str, ...]
    npx: tuple[str, ...]


def commands(entry: Entry, listing: Listing, archive: str) -> Commands:
    """Return how the skill is installed; `archive` is the file name of its ZIP, empty without one."""
    name, origin = _word(entry.skill.name), _word(repository(listing))
    if listing.marketplace and entry.plugin and origin:
        added = f"claude plugin marketplace add {origin}"
        claude: tuple[str, ...] = (added, f"claude plugin install {_word(entry.plugin)}@{_word(listing.marketplace)}")
    else:
        claude = (f"unzip {_word(archive)} -d ~/.claude/skills",) if archive else ()
    return Commands(claude, (f"npx skills add {origin} --skill {name}",) if origin else ())


def repository(listing: Listing) -> str:
    """Return the repository as commands take it: `owner/name` on GitHub, else its URL."""
    url = external(listing.repository)
    parts = urlsplit(url) if url else None
    path = parts.path.strip("/").removesuffix(".git") if parts else ""
    return path if parts and parts.hostname == "github.com" and path.count("/") == 1 else url


def _word(text: str) -> str:
    """Return one word of a command line; what a terminal would obey or hide is not in it."""
    return shlex.quote(UNSEEN.sub("", text)) if text else ""
