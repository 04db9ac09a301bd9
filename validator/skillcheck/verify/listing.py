"""Skills and configuration → marketplace.json and its twin, written or compared with those on disk."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from skillcheck.config import Config, MarketplaceConfig, SkillConfig
from skillcheck.lint import Paths, finished, judged, report
from skillcheck.load import load
from skillcheck.model import Drift, DriftKind, Place, Report, Skill
from skillcheck.pack import Entry, marketplace, write
from skillcheck.reporters.counts import plural
from skillcheck.verify.settings import Extraction, Part

FILES = ("marketplace.json", ".claude-plugin/marketplace.json")


def listed(skills: Sequence[Skill], config: Config, extraction: Extraction) -> Part:
    """Write both files, or tell which is not as it should be; nothing where no marketplace is configured."""
    if config.marketplace is None or extraction is Extraction.LEAVE:
        return Part()
    text = _text([skill for skill in skills if skill.location], config)
    drifts = tuple(_drifts(text, config.root))
    if extraction is Extraction.CHECK:
        return Part(drifts=drifts)
    for drift in drifts:
        write(text.encode(), config.root / drift.path)
    return Part(notes=(f"{len(FILES)} marketplace files, {len(drifts)} of them changed",))


def released(paths: Paths, config: Config, url: str) -> Report:
    """Write the marketplace of a release into `dist`: its plugins are the ZIPs there, to be downloaded from `url`.

    {name} and {version} in `url` stand for the plugin's own. Raises FileNotFoundError where a skill has no ZIP.
    """
    bundle = load(paths)
    for skill in bundle.skills:
        (config.root / config.dist / f"{skill.name}.zip").stat()
    market = config.marketplace and replace(config.marketplace, source={"source": "archive", "url": url})
    plain = {name: replace(own, source={}) for name, own in config.skills.items()}
    text = _text(
        [skill for skill in bundle.skills if skill.location], replace(config, marketplace=market, skills=plain)
    )
    path = config.root / config.dist / FILES[0]
    write(text.encode(), path)
    note = f"{os.path.relpath(path)}: {plural(len(bundle.skills), 'plugin')}, each the ZIP of that hash"
    so_far = report(bundle, judged([bundle, *bundle.faults], config, bundle), config)
    return finished(replace(so_far, notes=(note,), verdicts={}))


def _text(skills: Sequence[Skill], config: Config) -> str:
    if config.marketplace is None:
        return ""
    return marketplace(
        skills,
        root=config.root,
        name=config.marketplace.name,
        owner=config.marketplace.owner,
        description=config.marketplace.description,
        version=config.marketplace.version,
        entries={skill.name: _entry(skill, config, config.marketplace) for skill in skills},
    )


def _entry(skill: Skill, config: Config, market: MarketplaceConfig) -> Entry:
    own = config.skills.get(skill.name, SkillConfig())
    source = own.source or market.source
    if source.get("source") == "archive" and "sha256" not in source and (digest := _digest(skill, config)):
        source = {**source, "sha256": digest}
    return Entry(own.version, own.author, own.keywords, own.category, source)


def _digest(skill: Skill, config: Config) -> str:
    """Return the hash of the skill's packed ZIP, else the one that the marketplace has of it, empty without either."""
    with suppress(OSError):
        return sha256((config.root / config.dist / f"{skill.name}.zip").read_bytes()).hexdigest()
    with suppress(OSError, ValueError, LookupError, TypeError):
        known = json.loads((config.root / FILES[0]).read_text(encoding="utf-8"))["plugins"]
        return "".join(entry["source"]["sha256"] for entry in known if entry["name"] == skill.name)
    return ""


def _drifts(text: str, root: Path) -> Iterator[Drift]:
    for name in FILES:
        path = root / name
        try:
            found = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            found = ""
        if found != text:
            lines = difflib.unified_diff(
                found.splitlines(keepends=True), text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
            )
            yield Drift(DriftKind.MARKETPLACE, name, Place(os.path.relpath(path)), "".join(lines))
