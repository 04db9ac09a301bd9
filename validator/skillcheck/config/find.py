"""A path → the Config of the nearest folder above it that has one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from skillcheck.config.bounded import bounded
from skillcheck.config.keys import Keys
from skillcheck.config.settings import Config, MarketplaceConfig, PathConfig, SkillConfig
from skillcheck.config.shape import shaped
from skillcheck.disk import exists, is_file, is_folder
from skillcheck.model import Client, Fault, FaultKind, Place, Pointer

SOURCES: Mapping[str, tuple[str, ...]] = {"skillcheck.toml": (), "pyproject.toml": ("tool", "skillcheck")}
AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
LISTS = ("select", "ignore", "run")


def find(start: Path) -> Config:
    """Return the configuration of the nearest folder from `start` upwards, the defaults where there is none.

    The search ends at a folder with `.git`. A pyproject.toml without [tool.skillcheck] is passed over.
    """
    here = start.absolute()
    here = here if is_folder(here) else here.parent
    for folder in (here, *here.parents):
        for name, prefix in SOURCES.items():
            if (config := _read(folder / name, prefix)) is not None:
                return config
        if exists(folder / ".git"):
            break
    return bounded(Config(here))


def _read(file: Path, prefix: tuple[str, ...]) -> Config | None:
    """Return what the file configures, None where there is none or it is not about skillcheck."""
    shown = Path(relpath(file)).as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") if is_file(file) else None
    except (OSError, UnicodeDecodeError) as error:
        fact = f"{file.name} cannot be read: {getattr(error, 'strerror', None) or error}"
        fault = Fault(FaultKind.BAD_CONFIG, Place(shown), fact, "save it as a UTF-8 file that can be read")
        return None if prefix else Config(file.parent, shown, faults=(fault,))
    if text is None:
        return None
    import tomllib  # noqa: PLC0415 - which only a project with one of these files needs

    try:
        data: Any = tomllib.loads(text, parse_float=_finite)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        if prefix and prefix[-1] not in text:
            return None
        return Config(file.parent, shown, faults=(_not_toml(shown, text, error),))
    own = data
    for key in prefix:
        own = own.get(key) if isinstance(own, dict) else None
    if own is None:
        return None
    keys = Keys(shown, text, prefix)
    config = bounded(_config(own, file.parent, keys), keys)
    return config if config.marketplace is None else _versioned(config, config.marketplace, data)


def _versioned(config: Config, marketplace: MarketplaceConfig, data: Any) -> Config:  # noqa: ANN401 - whatever TOML gives
    """Return the configuration with the project's version for a marketplace without one of its own."""
    project = data.get("project")
    version = project.get("version") if isinstance(project, dict) else None
    if marketplace.version or not isinstance(version, str):
        return config
    return replace(config, marketplace=replace(marketplace, version=version))


def _finite(number: str) -> float | str:
    """Leave `nan` and `inf` to the schema as words: no limit can be compared with them."""
    value = float(number)
    return value if math.isfinite(value) else number


def _not_toml(shown: str, text: str, error: Exception) -> Fault:
    reason = str(error)
    at = AT.search(reason)
    line, column = (at["line"], at["column"]) if at else (None, None)
    place = Place(shown, int(line or text.count("\n") + 1), int(column or 1))
    said = AT.sub("", reason)
    fact = f"the file is not TOML: {said[:1].lower()}{said[1:]}"
    return Fault(FaultKind.BAD_CONFIG, place, fact, "mend that line")


def _config(data: Any, root: Path, keys: Keys) -> Config:  # noqa: ANN401 - whatever TOML gives
    settings, faults = shaped(data, keys)
    settings |= {key: tuple(settings[key]) for key in LISTS if key in settings}
    settings |= _targets(settings)
    paths = settings.pop("paths", {})
    settings["paths"] = {path: PathConfig(**_tuples(table | _targets(table))) for path, table in paths.items()}
    if "marketplace" in settings:
        settings["marketplace"] = MarketplaceConfig(**settings["marketplace"])
    skills = settings.pop("skills", {})
    bad = tuple(fault for name, table in skills.items() for fault in _requirements(name, table, keys))
    settings["skills"] = {name: SkillConfig(**_tuples(table)) for name, table in skills.items()}
    return Config(root, keys.path, **settings, faults=(*faults, *bad))


def _targets(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(map(Client, value)) for key, value in table.items() if key == "targets"}


def _requirements(name: str, table: dict[str, Any], keys: Keys) -> Iterator[Fault]:
    """Take out of the table what is no requirement, and tell of it."""
    pointer: Pointer = ("skills", name, "requirements")
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 - 10 ms, for few projects

    place, good = keys.place(pointer), []
    for text in table.get("requirements", ()):
        try:
            Requirement(text)
        except InvalidRequirement as error:
            reason = str(error).partition("\n")[0]
            fact = f"`{text}` is not a requirement: {reason[:1].lower()}{reason[1:]}"
            yield Fault(FaultKind.BAD_CONFIG, place, fact, "write it as PEP 508 has it, such as `quart>=0.22`")
        else:
            good.append(text)
    table["requirements"] = good


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
