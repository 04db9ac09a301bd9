"""Reports → text, in the formats of the folder `formats`; one is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from skillcheck.model import Report
from skillcheck.reporters.reporter import Options, Reporter

__all__ = ["FORMATS", "Options", "Reporter", "render", "reporter"]

_FOLDER = "formats"
FORMATS = tuple(sorted(module.name for module in iter_modules([str(Path(__file__).with_name(_FOLDER))])))


def reporter(name: str) -> Reporter:
    """Return the reporter of that name; KeyError for a name that is not in `FORMATS`."""
    if name not in FORMATS:
        raise KeyError(name)
    found: Reporter = import_module(f"{__name__}.{_FOLDER}.{name}").REPORTER
    return found


def render(report: Report, name: str = "text", *, color: bool = False) -> str:
    """Return the report in the format of that name; KeyError for a name that is not in `FORMATS`."""
    return reporter(name).render(report, Options(color=color))
