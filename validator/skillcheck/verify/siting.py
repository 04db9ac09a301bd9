"""Paths → the files of a site that lists their skills, in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from skillcheck.config import Config, unknown_codes
from skillcheck.crew import hands, spread
from skillcheck.lint import Paths, finished, judged, report
from skillcheck.load import load
from skillcheck.model import Bundle, Json, Report
from skillcheck.reporters.counts import plural
from skillcheck.rules import nodes
from skillcheck.site import Listing, front, of_skill, slugged
from skillcheck.telling import roles
from skillcheck.verify.entries import Known, by_skill
from skillcheck.verify.matrix import proved_everywhere
from skillcheck.verify.settings import Part, Settings

TITLE = "Skills"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site is written, and what nothing else says of it."""

    output: Path
    title: str = ""
    repository: str = ""


def sited(paths: Paths, config: Config, site: Site, settings: Settings | None = None) -> Report:
    """Write the site of the skills that `paths` lead to; with `settings`, run their blocks for it."""
    bundle = load(paths)
    whole = Part()
    for skill in bundle.skills if settings else ():
        whole += proved_everywhere(skill, config, settings or Settings())
    found = judged([*nodes(bundle), *config.faults, *unknown_codes(config), *whole.nodes], config, bundle)
    so_far = whole.added_to(report(bundle, found, config))
    listing = _listing(bundle, config, site, so_far)
    note = _made(listing, site.output) if bundle.skills else f"{site.output}: not written, there is no skill to show"
    return finished(Part(notes=(note,)).added_to(so_far))


def _made(listing: Listing, output: Path) -> str:
    """Write the site, and say so."""
    entries = tuple(slugged(listing).items())
    count = _put(output, front(listing))
    count += sum(spread(entries, lambda each: _put(output, of_skill(listing, *each)), hands()))
    made = f"{plural(len(entries), 'skill')} on {plural(count, 'file')}"
    return f"{output}: {made}; open {output / 'index.html'}"


def _put(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files, and return how many they are."""
    count = 0
    for path, content in files:
        _written(folder, path, content)
        count += 1
    return count


def _written(folder: Path, path: str, content: bytes) -> None:
    if ".." in PurePosixPath(path).parts or path.startswith("/"):
        message = f"{path} would lie outside the site"
        raise ValueError(message)  # names are made by us, so this is our defect
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.is_file() or target.read_bytes() != content:
        target.write_bytes(content)


def _listing(bundle: Bundle, config: Config, site: Site, so_far: Report) -> Listing:
    market = config.marketplace
    name = market.name if market else _market(bundle)
    found, plugins = by_skill(so_far.findings, bundle.skills), _plugins(bundle, config)
    known = Known(config, so_far, found, plugins, site.repository, roles(bundle))
    return Listing(
        tuple(spread(bundle.skills, known.entry, hands())),
        site.title or name or TITLE,
        market.description if market else "",
        site.repository,
        name,
        version("claude-skillcheck"),
    )


def _market(bundle: Bundle) -> str:
    """Return the name of the marketplace that the bundle holds, empty unless it is the only one."""
    names = [str(market.data.mapping().get("name") or "") for market in bundle.marketplaces]
    return names[0] if len(names) == 1 else ""


def _plugins(bundle: Bundle, config: Config) -> Mapping[str, str]:
    """Return the plugin that brings each skill, by the skill's path: in a configured marketplace each is its own."""
    if config.marketplace:
        return {skill.path: skill.name for skill in bundle.skills}
    listed = [market.data.mapping().get("plugins") for market in bundle.marketplaces]
    names = {entry.get("name") for entries in listed for entry in _tables(entries)}
    named = ((plugin, plugin.manifest.mapping().get("name")) for plugin in bundle.plugins if plugin.manifest)
    return {path: str(name) for plugin, name in named if name and name in names for path in plugin.skills}


def _tables(entries: Json) -> list[dict[str, Json]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
