"""Paths → the files of a site that lists their skills, in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlsplit

from skillcheck.blocks import programs, units
from skillcheck.config import Config
from skillcheck.extract import snippets
from skillcheck.lint import Paths, finished, judged, report
from skillcheck.load import load
from skillcheck.model import Bundle, Client, Finding, Json, Report, Severity, Skill, Snippet
from skillcheck.pack import EPOCH, pack
from skillcheck.reporters.counts import plural
from skillcheck.rules import nodes
from skillcheck.site import Entry, Listing, pages
from skillcheck.telling import takes, verdicts
from skillcheck.verify.evidencing import evidence_of
from skillcheck.verify.matrix import proved_everywhere
from skillcheck.verify.packing import stated_epoch
from skillcheck.verify.requirements import requirements
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
    found = judged([*nodes(bundle), *config.faults, *whole.nodes], config, bundle)
    so_far = whole.added_to(report(bundle, found, config))
    listing = _listing(bundle, config, site, so_far)
    count = 0
    for path, content in pages(listing):
        _written(site.output, path, content)
        count += 1
    made = f"{plural(len(bundle.skills), 'skill')} on {plural(count, 'file')}"
    note = f"{site.output}: {made}; open {site.output / 'index.html'}"
    return finished(Part(notes=(note,)).added_to(so_far))


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
    return Listing(
        tuple(_entries(bundle, config, site, so_far)),
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


def _entries(bundle: Bundle, config: Config, site: Site, so_far: Report) -> Iterator[Entry]:
    plugins = _plugins(bundle, config)
    for skill in bundle.skills:
        own = config.skills.get(skill.folder)
        found = units(skill)
        made = snippets(skill, programs(found), found, requirements(skill, config)[0])
        paths = {document.path for document in skill.documents}
        against = tuple(finding for finding in so_far.findings if _concerns(finding, skill))
        archives, refused = _archives(skill, made, evidence_of(skill, config, so_far, made), config)
        if any(_forbids(finding) for finding in against):
            archives = Archives()
        against += refused
        yield Entry(
            skill,
            found,
            made,
            against,
            (said := verdicts([skill.name], against)),
            tuple(result for result in so_far.results if result.block.document in paths),
            tuple(run for run in so_far.tests if run.skill == skill.name),
            so_far.environments.get(skill.name),
            archives.wrapped,
            archives.flat,
            archives.alone,
            _author(skill, config),
            own.category if own else "",
            own.keywords if own else (),
            (own.version if own else "") or _stated(skill, "version") or _listed_version(config),
            _source(skill, config, site.repository),
            plugins.get(skill.path, ""),
            frozenset(client for client, verdict in said.items() if takes(client, verdict)),
            tuple(cell for cell in so_far.cells if cell.skill == skill.name),
        )


@dataclass(frozen=True, slots=True)
class Archives:
    """The ZIP for claude.ai, the one for discovery, and SKILL.md where nothing else is in them."""

    wrapped: bytes | None = None
    flat: bytes | None = None
    alone: bytes | None = None


def _forbids(finding: Finding) -> bool:
    """Whether an upload would be refused, or would take what does not hold."""
    return finding.severity is Severity.ERROR and (not finding.clients or Client.CLAUDE_AI in finding.clients)


def _archives(
    skill: Skill, made: Sequence[Snippet], evidence: str, config: Config
) -> tuple[Archives, tuple[Finding, ...]]:
    epoch = stated_epoch()
    when = EPOCH if epoch is None else epoch
    wrapped = pack(skill, snippets=made, evidence=evidence, epoch=when)
    flat = pack(skill, snippets=made, evidence=evidence, epoch=when, folder=False)
    lone = next((file for file in skill.files if file.path == "SKILL.md"), None)
    alone = lone.read() if lone and wrapped.members == 1 else None
    return Archives(wrapped.data, flat.data, alone), judged(wrapped.faults, config)


def _concerns(finding: Finding, skill: Skill) -> bool:
    return skill.path in {".", finding.place.path} or finding.place.path.startswith(f"{skill.path}/")


def _author(skill: Skill, config: Config) -> str:
    own = config.skills.get(skill.folder)
    owner = config.marketplace.owner if config.marketplace else {}
    return (own.author.get("name", "") if own else "") or _stated(skill, "author") or owner.get("name", "")


def _stated(skill: Skill, key: str) -> str:
    metadata = skill.frontmatter.data.mapping().get("metadata")
    stated = metadata.get(key) if isinstance(metadata, dict) else None
    return stated if isinstance(stated, str) else ""


def _listed_version(config: Config) -> str:
    return config.marketplace.version if config.marketplace else ""


def _source(skill: Skill, config: Config, repository: str) -> str:
    """Return the URL of the skill's folder on GitHub, empty where that is not known."""
    folder, root = Path(skill.location), config.root.absolute()
    try:
        is_known = urlsplit(repository).hostname == "github.com" and folder.is_relative_to(root)
    except ValueError:
        return ""
    way = folder.relative_to(root).as_posix() if is_known and skill.location else ""
    return f"{repository.removesuffix('.git').rstrip('/')}/blob/HEAD/{quote(way)}" if way else ""
