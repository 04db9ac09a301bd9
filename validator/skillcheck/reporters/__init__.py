"""Reports → text: each format is one value, `REPORTER`, in one file of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from skillcheck.model import Report
from skillcheck.reporters.reporter import Options, Reporter

__all__ = ["REPORTERS", "Options", "Reporter", "render"]


def _read() -> Mapping[str, Reporter]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    found = (module.REPORTER for module in modules if hasattr(module, "REPORTER"))
    return MappingProxyType({reporter.name: reporter for reporter in found})


REPORTERS = _read()


def render(report: Report, name: str = "text", *, color: bool = False) -> str:
    """Return the report in the format of that name; KeyError for a name that is not in `REPORTERS`."""
    return REPORTERS[name].render(report, Options(color=color))
