"""Proves Claude skills: reads them as their clients do, runs what they teach, packs what is proven.

    from pathlib import Path
    from skillcheck import Stages, find, render, verify

    report = verify(["skills"], find(Path("skills")), Stages(run=True))
    print(render(report))

`find` gives the `Config` that a project keeps, `Config(Path())` the defaults. A name is imported when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False  # type checkers take it for true by its name; importing typing would double the start-up
if TYPE_CHECKING:
    from skillcheck.blocks import units
    from skillcheck.config import Config, MarketplaceConfig, PathConfig, SkillConfig
    from skillcheck.config.find import find
    from skillcheck.fix import fixed
    from skillcheck.lint import lint
    from skillcheck.load import load
    from skillcheck.model import (
        About,
        Archive,
        Block,
        Bundle,
        Cause,
        CauseKind,
        Client,
        Coverage,
        Document,
        Edit,
        Environment,
        Fault,
        FaultKind,
        Finding,
        Level,
        Marketplace,
        Outcome,
        Packed,
        Place,
        Plugin,
        Report,
        Requirement,
        Result,
        Role,
        Severity,
        Skill,
        Snippet,
        TestFailure,
        TestOutcome,
        TestRun,
        Unit,
    )
    from skillcheck.pack import Packing, pack
    from skillcheck.reporters import render
    from skillcheck.verify import Extraction, Settings, Stages, verify

    __version__: str

__all__ = [
    "About",
    "Archive",
    "Block",
    "Bundle",
    "Cause",
    "CauseKind",
    "Client",
    "Config",
    "Coverage",
    "Document",
    "Edit",
    "Environment",
    "Extraction",
    "Fault",
    "FaultKind",
    "Finding",
    "Level",
    "Marketplace",
    "MarketplaceConfig",
    "Outcome",
    "Packed",
    "Packing",
    "PathConfig",
    "Place",
    "Plugin",
    "Report",
    "Requirement",
    "Result",
    "Role",
    "Settings",
    "Severity",
    "Skill",
    "SkillConfig",
    "Snippet",
    "Stages",
    "TestFailure",
    "TestOutcome",
    "TestRun",
    "Unit",
    "__version__",
    "find",
    "fixed",
    "lint",
    "load",
    "pack",
    "render",
    "units",
    "verify",
]

_ROOMS = {
    "Config": "config",
    "Extraction": "verify",
    "MarketplaceConfig": "config",
    "Packing": "pack",
    "PathConfig": "config",
    "Settings": "verify",
    "SkillConfig": "config",
    "Stages": "verify",
    "find": "config",
    "fixed": "fix",
    "lint": "lint",
    "load": "load",
    "pack": "pack",
    "render": "reporters",
    "units": "blocks",
    "verify": "verify",
}


class _Package(ModuleType):
    """This package, in which `load` stays a function when the import system binds its module of that name."""

    def __setattr__(self, name: str, value: object) -> None:
        """Bind a name, unless a submodule would take the place of a function."""
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


def __getattr__(name: str) -> object:
    """Import a public name on its first use."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = _version() if name == "__version__" else getattr(import_module(_home(name)), name)
    globals()[name] = value
    return value


def _home(name: str) -> str:
    return f"{__name__}.{_ROOMS.get(name, 'model')}"


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - takes longer than all the rest of this module

    return version("claude-skillcheck")


def __dir__() -> list[str]:
    """Return the public names, those not yet imported among them."""
    return sorted({*globals(), *__all__})


sys.modules[__name__].__class__ = _Package
