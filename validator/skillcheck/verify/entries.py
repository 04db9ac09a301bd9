"""A skill and what is known of the whole bundle → its entry in a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from skillcheck.blocks import programs, units
from skillcheck.config import Config
from skillcheck.extract import snippets
from skillcheck.lint import judged
from skillcheck.model import Client, Finding, Report, Severity, Skill, Snippet
from skillcheck.pack import EPOCH, pack
from skillcheck.site import Entry
from skillcheck.telling import Roles, takes, verdicts
from skillcheck.verify.evidencing import evidence_of
from skillcheck.verify.packing import stated_epoch
from skillcheck.verify.requirements import requirements


@dataclass(frozen=True, slots=True)
class Known:
    """What a site says of a skill beside itself: the report, its findings by skill, and the plugins that bring skills.

    `repository` is the URL from which all is installed.
    """

    config: Config
    report: Report
    findings: Mapping[str, Sequence[Finding]]
    plugins: Mapping[str, str]
    repository: str = ""
    roles: Roles = field(default_factory=Roles)

    def entry(self, skill: Skill) -> Entry:
        """Pack a skill, and return all that there is to show of it."""
        own, report = self.config.skills.get(skill.folder), self.report
        found = units(skill)
        made = snippets(skill, programs(found), found, requirements(skill, self.config)[0])
        paths = {document.path for document in skill.documents}
        against = tuple(self.findings.get(skill.path, ()))
        archives, refused = _archives(skill, made, evidence_of(skill, self.config, report, made), self.config)
        if any(_forbids(finding) for finding in against):
            archives = Archives()
        against += refused
        said = verdicts([skill.name], against, self.roles)
        return Entry(
            skill,
            found,
            made,
            against,
            said,
            tuple(result for result in report.results if result.block.document in paths),
            tuple(run for run in report.tests if run.skill == skill.name),
            report.environments.get(skill.name),
            archives.wrapped,
            archives.flat,
            archives.alone,
            _author(skill, self.config),
            own.category if own else "",
            own.keywords if own else (),
            (own.version if own else "") or _stated(skill, "version") or _listed_version(self.config),
            _source(skill, self.config, self.repository),
            self.plugins.get(skill.path, ""),
            frozenset(client for client, verdict in said.items() if takes(client, verdict)),
            tuple(cell for cell in report.cells if cell.skill == skill.name),
        )


def by_skill(findings: Iterable[Finding], skills: Iterable[Skill]) -> Mapping[str, Sequence[Finding]]:
    """Return the findings by the path of each skill that they concern: those in its folder or in one below."""
    known = {skill.path for skill in skills}
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        path = Path(finding.place.path)
        for folder in {".", path.as_posix(), *(parent.as_posix() for parent in path.parents)} & known:
            found[folder].append(finding)
    return found


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
